package io.github.jasyncio.agent.cli;

import io.github.jasyncio.agent.attach.DumpException;
import io.github.jasyncio.agent.attach.DumpForm;
import io.github.jasyncio.agent.attach.OtherProcess;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** {@code ps PID} and {@code pstree PID}: prints what the event loops of another process are doing. */
final class InspectCommand {

    private final DumpForm form;
    private final long pid;
    private final PrintStream out;
    private final PrintStream err;

    private InspectCommand(DumpForm form, long pid, PrintStream out, PrintStream err) {
        this.form = form;
        this.pid = pid;
        this.out = out;
        this.err = err;
    }

    static boolean isMeant(List<String> arguments) {
        return !arguments.isEmpty()
                && (arguments.get(0).equals(DumpForm.ps.name())
                        || arguments.get(0).equals(DumpForm.pstree.name()));
    }

    /**
     * Reads the arguments.
     *
     * @throws UsageException if there is anything but one process number
     */
    static InspectCommand parse(List<String> arguments, PrintStream out, PrintStream err) throws UsageException {
        String command = arguments.get(0);
        if (arguments.size() != 2) {
            throw new UsageException(command + " needs the number of one process");
        }
        try {
            return new InspectCommand(DumpForm.valueOf(command), Long.parseLong(arguments.get(1)), out, err);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + arguments.get(1) + "' is not the number of a process");
        }
    }

    /** The exit code. */
    int run() {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            err.println(
                    "jasyncio: this Java cannot look into other processes, its module jdk.attach is missing; use that of a JDK");
            return Main.FAILED;
        }
        try {
            out.print(new OtherProcess(pid).dump(form, ownJar()));
            return Main.OK;
        } catch (DumpException e) {
            err.println("jasyncio: " + e.getMessage());
            return Main.FAILED;
        }
    }

    private static Path ownJar() {
        return Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
