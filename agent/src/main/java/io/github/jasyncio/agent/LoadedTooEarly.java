package io.github.jasyncio.agent;

import io.github.jasyncio.transform.TransformException;
import io.github.jasyncio.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/** Names the classes with async methods that were loaded before the agent was: they cannot be rewritten any more. */
final class LoadedTooEarly {

    private LoadedTooEarly() {}

    static void warn(Instrumentation instrumentation, ClassFilter filter) {
        List<String> names = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = loaded.getClassLoader();
            if (loader != null
                    && loader != ClassLoader.getPlatformClassLoader()
                    && !loaded.isArray()
                    && !loaded.isHidden()
                    && !loaded.getName().startsWith("io.github.jasyncio.agent.")
                    && filter.accepts(loaded.getName())
                    && needsRewriting(loaded)) {
                names.add(loaded.getName());
            }
        }
        if (!names.isEmpty()) {
            names.sort(null);
            Reporter.warning(
                    "the jasyncio agent came too late for classes that were loaded already; their async methods fail at the"
                            + " first await: " + String.join(", ", names)
                            + "\n    Start the program with -javaagent:jasyncio-agent.jar, or rewrite its classes at build time.");
        }
    }

    /** The JVM does not give out the bytes of a loaded class unasked, so its file is looked at; it is not there for generated classes. */
    private static boolean needsRewriting(Class<?> loaded) {
        String name = loaded.getName();
        try (InputStream file = loaded.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return file != null && Transformer.transform(file.readAllBytes()).rewritten();
        } catch (IOException | TransformException e) {
            // Not this warning's subject: a class that cannot be read was not rewritten for other reasons.
            return false;
        }
    }
}
