package io.github.jasyncio.agent;

import io.github.jasyncio.agent.attach.DumpSender;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM enters the agent: before the program begins, or when a running one is attached to. */
public final class PreMain {

    private PreMain() {}

    /**
     * Called by the JVM for {@code -javaagent}. A wrong option ends the program with exit code 2, {@code help} with 0: an exception would
     * make the JVM abort with a core dump.
     */
    public static void premain(@Nullable String text, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = AgentOptions.parse(text);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.println(AgentOptions.HELP);
            System.exit(0);
            return;
        }
        install(options, BehindOthers.all(instrumentation));
    }

    /**
     * Called by the JVM when the agent is loaded into a running program. Classes that were loaded before stay as they are: a loaded class
     * cannot get new methods.
     *
     * @param text the options; or {@code dump=...}, for the command line's {@code ps} and {@code pstree}, which rewrites nothing
     * @throws IllegalArgumentException if an option is wrong; it goes back to who attached, and the program runs on
     * @throws IOException if a dump could not be sent
     */
    public static void agentmain(@Nullable String text, Instrumentation instrumentation) throws IOException {
        if (text != null && text.startsWith(DumpSender.OPTION)) {
            DumpSender.send(text.substring(DumpSender.OPTION.length()), instrumentation);
            return;
        }
        AgentOptions options = AgentOptions.parse(text);
        if (options.help()) {
            System.out.println(AgentOptions.HELP);
            return;
        }
        install(options, instrumentation);
        LoadedTooEarly.warn(instrumentation, options.filter());
    }

    private static void install(AgentOptions options, Instrumentation instrumentation) {
        if (options.debug()) {
            System.setProperty("jasyncio.debug", "true");
        }
        // Not capable of retransformation: the JVM keeps what such transformers made when another agent retransforms
        // the class.
        instrumentation.addTransformer(new LoadTimeTransformer(instrumentation, options), false);
    }
}
