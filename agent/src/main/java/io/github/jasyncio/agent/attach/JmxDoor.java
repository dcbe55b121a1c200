package io.github.jasyncio.agent.attach;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks a process by JMX, as JConsole would. */
final class JmxDoor {

    private static final long PAUSE_MILLIS = 100;

    private final VirtualMachine machine;

    JmxDoor(VirtualMachine machine) {
        this.machine = machine;
    }

    /**
     * The dump; empty if the process cannot be asked in this way, or shows no loops.
     *
     * @param patience how long to wait for loops to show themselves
     */
    @SuppressWarnings("BanJNDI") // the address is not a user's: the process on this machine gave it to its own kind
    Optional<String> dump(DumpForm form, Duration patience) {
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            Set<ObjectName> names = names(server, patience);
            if (names.isEmpty()) {
                return Optional.empty();
            }
            StringBuilder dump = new StringBuilder();
            for (ObjectName name : names) {
                dump.append(server.invoke(name, form.name(), null, null));
            }
            return Optional.of(dump.toString());
        } catch (IOException | JMException e) {
            // The process has no java.management, or its loops were closed just now: there is another way to ask.
            return Optional.empty();
        }
    }

    /** One for each copy of the runtime. */
    private static Set<ObjectName> names(MBeanServerConnection server, Duration patience)
            throws IOException, JMException {
        ObjectName pattern = new ObjectName("io.github.jasyncio:type=EventLoops,*");
        long deadline = System.nanoTime() + patience.toNanos();
        Set<ObjectName> names = server.queryNames(pattern, null);
        while (names.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            names = server.queryNames(pattern, null);
        }
        return new TreeSet<>(names);
    }
}
