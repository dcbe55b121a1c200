package io.github.jasyncio.agent.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Java process on this machine that is asked for a dump.
 *
 * <p>By way of JMX if its loops can be seen there: then nothing is loaded into it but the JDK's own management agent. Otherwise our agent is
 * loaded into it, which sends the dump and changes nothing; a JDK 21 or newer warns of that on the process's standard error.
 */
public final class OtherProcess {

    /** The bit of SIGQUIT in the mask of {@code /proc/PID/status}. */
    private static final long SIGQUIT = 1L << (3 - 1);

    /** Loops show themselves a second after they were made. */
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(3);

    private final long pid;

    /** The process with that number. */
    public OtherProcess(long pid) {
        this.pid = pid;
    }

    /**
     * The dump of all its event loops.
     *
     * @param agent the agent's jar, to be loaded into the process if there is no other way
     * @throws DumpException if there is no such process, or it cannot be asked, or has no event loops
     */
    public String dump(DumpForm form, Path agent) throws DumpException {
        ProcessHandle process =
                ProcessHandle.of(pid).orElseThrow(() -> new DumpException("there is no process " + pid));
        checkIsJvm();
        VirtualMachine machine = attach(process);
        try {
            Optional<String> seen = new JmxDoor(machine).dump(form, isYoung(process) ? UNTIL_SHOWN : Duration.ZERO);
            return seen.isPresent() ? seen.get() : new AgentDoor(machine, agent, pid).dump(form);
        } finally {
            detach(machine);
        }
    }

    /**
     * Attaching begins with a SIGQUIT, which would end a process that is no JVM.
     *
     * @throws DumpException if the process does not expect that signal
     */
    private void checkIsJvm() throws DumpException {
        List<String> status;
        try {
            status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        } catch (IOException e) {
            return; // not on Linux; or gone, which attaching will tell
        }
        for (String line : status) {
            if (line.startsWith("SigCgt:")
                    && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGQUIT) == 0) {
                throw new DumpException(
                        "process " + pid + " is not a JVM, or one that is still starting or runs with -Xrs");
            }
        }
    }

    private VirtualMachine attach(ProcessHandle process) throws DumpException {
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException e) {
            String owner = process.info().user().orElse("?");
            String self = System.getProperty("user.name");
            throw new DumpException(
                    "cannot attach to process " + pid + ": " + e.getMessage()
                            + (owner.equals(self)
                                    ? "; is it a JVM of this container, and not started with -XX:+DisableAttachMechanism?"
                                    : "; it belongs to " + owner + ", and this is " + self
                                            + ": run it as the same user"),
                    e);
        }
    }

    private static boolean isYoung(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).compareTo(UNTIL_SHOWN) < 0)
                .orElse(false);
    }

    private static void detach(VirtualMachine machine) {
        try {
            machine.detach();
        } catch (IOException e) {
            // The process has just ended; there is nothing left to let go.
        }
    }
}
