package io.github.jasyncio.agent.attach;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * In the process that is asked: sends the dumps of all copies of the runtime to whoever loaded the agent for it.
 *
 * <p>By reflection, because the agent is not built against the runtime, and a process may have several, in several class loaders.
 */
public final class DumpSender {

    /** How the agent's argument begins: {@code dump=FORM:PORT:TOKEN}. */
    public static final String OPTION = "dump=";

    private DumpSender() {}

    /**
     * Sends the dump, behind the token, to that port of this machine. Nothing but the token means that there is no runtime.
     *
     * @param argument what follows {@link #OPTION}
     * @throws IOException if whoever asked does not listen any more
     */
    public static void send(String argument, Instrumentation instrumentation) throws IOException {
        String[] parts = argument.split(":", 3);
        DumpForm form = DumpForm.valueOf(parts[0]);
        StringBuilder answer = new StringBuilder(parts[2]);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isOurs(loaded)) {
                answer.append(dump(loaded.getClassLoader(), loaded.getPackageName(), form));
            }
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1]));
                OutputStream out = socket.getOutputStream()) {
            out.write(answer.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Also in a runtime that was relocated: there, too, a facade with a dump is beside it. */
    private static boolean isOurs(Class<?> loaded) {
        if (loaded.getName().equals("io.github.jasyncio.EventLoop")) {
            return true;
        }
        if (!loaded.getName().endsWith(".EventLoop")) {
            return false;
        }
        try {
            Class.forName(loaded.getPackageName() + ".Asyncio", false, loaded.getClassLoader())
                    .getMethod("dump");
            return true;
        } catch (ReflectiveOperationException | LinkageError e) {
            return false; // somebody else's EventLoop
        }
    }

    private static String dump(ClassLoader loader, String packageName, DumpForm form) {
        try {
            Object dump = Class.forName(packageName + ".Asyncio", true, loader)
                    .getMethod("dump")
                    .invoke(null);
            return (String) dump.getClass().getMethod(form.method()).invoke(dump);
        } catch (InvocationTargetException e) {
            return "The runtime in " + loader + " could not be dumped: " + e.getCause() + "\n";
        } catch (ReflectiveOperationException e) {
            return "The runtime in " + loader + " is of a version that cannot be dumped: " + e + "\n";
        }
    }
}
