package io.github.jasyncio.agent;

import io.github.jasyncio.transform.BlockingCalls;
import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.TransformException;
import io.github.jasyncio.transform.Transformer;
import io.github.jasyncio.transform.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites each class that mentions jasyncio as the JVM loads it, once its frame classes are there. Whatever goes wrong is reported and
 * leaves the class as it was: class loading never breaks here.
 *
 * <p>Thread-safe: classes are loaded by many threads.
 */
final class LoadTimeTransformer implements ClassFileTransformer {

    private static final @Nullable ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    /** jshell makes another class where it may not redefine one; nothing is lost, and there is nothing to say. */
    private static final String JSHELL = "REPL.$JShell$";

    private final FrameDefiner frames;
    private final ClassFilter filter;
    private final BlockingCalls blockingCalls;
    private final boolean verbose;

    /** Whoever debugs wants to see all variables, and has the time to verify what was made of a class. */
    private final boolean isDebugging;

    LoadTimeTransformer(Instrumentation instrumentation, AgentOptions options) {
        this.frames = new FrameDefiner(instrumentation);
        this.filter = options.filter();
        this.blockingCalls = options.blockingCalls();
        this.verbose = options.verbose();
        this.isDebugging = options.debug();
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        try {
            if (loader == null || loader == PLATFORM || isOurOwn(internalName) || isOfTheJdk(internalName)) {
                return null;
            }
            // A class may be defined without saying its name.
            String className = internalName == null ? "a class without a name" : internalName.replace('/', '.');
            return filter.accepts(className)
                    ? rewrite(loader, className, classBeingRedefined, domain, classFile)
                    : null;
        } catch (Throwable t) {
            Reporter.couldNotRewrite(internalName, t);
            return null;
        }
    }

    private static byte @Nullable [] find(ClassLoader loader, String internalName) {
        try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null; // verification believes what it cannot look up; and what cannot be read will not be loaded
        }
    }

    private byte @Nullable [] rewrite(
            ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        Result result;
        try {
            result = Transformer.transform(classFile, isDebugging, blockingCalls, name -> find(loader, name));
            if (isDebugging) {
                Verification.verify(result, name -> find(loader, name));
            }
        } catch (TransformException e) {
            Reporter.error(Messages.naming(className, e), e);
            return null;
        }
        for (Diagnostic diagnostic : result.diagnostics()) {
            Reporter.diagnostic(diagnostic);
        }
        if (!result.rewritten()) {
            return null;
        }
        try {
            if (classBeingRedefined == null) {
                frames.define(loader, result.frameClasses(), domain);
            } else {
                frames.redefine(loader, result.frameClasses(), domain);
            }
        } catch (FrameDefinitionException e) {
            if (classBeingRedefined == null) {
                Reporter.error(className + " was not rewritten: " + e.getMessage(), e);
            } else if (!className.startsWith(JSHELL)) {
                Reporter.warning(className + " was not redefined: " + e.getMessage());
            }
            return null;
        }
        if (verbose) {
            Reporter.info("rewrote " + className);
        }
        return result.classFile();
    }

    /** What the JDK defines at run time, in loaders of its own: up to JDK 17 a class of an old version for each method that is called by reflection often. */
    private static boolean isOfTheJdk(@Nullable String internalName) {
        return internalName != null && internalName.startsWith("jdk/internal/");
    }

    /** The agent's classes mention the names that it looks for. */
    private static boolean isOurOwn(@Nullable String internalName) {
        return internalName != null
                && internalName.startsWith("io/github/jasyncio/")
                && (internalName.startsWith("agent/", 19) || internalName.startsWith("transform/", 19));
    }
}
