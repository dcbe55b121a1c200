package io.github.jasyncio.agent.files;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Messages;
import io.github.jasyncio.transform.BlockingCalls;
import io.github.jasyncio.transform.ClassFiles;
import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.Severity;
import io.github.jasyncio.transform.TransformException;
import io.github.jasyncio.transform.Transformer;
import io.github.jasyncio.transform.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rewrites classes one after the other and collects what there is to say about them, so that a build reports the mistakes of all classes
 * at once.
 *
 * <p>Confined to one thread.
 */
public final class Rewriting {

    private final ClassFilter filter;
    private final boolean failOnWarning;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Verification verification;
    private final BlockingCalls blockingCalls;
    private final List<String> failures = new ArrayList<>();
    private final List<String> rewritten = new ArrayList<>();
    private int examined;
    private int async;

    /**
     * Begins with nothing.
     *
     * @param filter other classes stay as they are
     * @param failOnWarning treats warnings as if they were errors
     */
    public Rewriting(ClassFilter filter, boolean failOnWarning) {
        this(filter, failOnWarning, new ClassPath(List.of()), BlockingCalls.known());
    }

    /**
     * The same, with the class path that the classes were compiled with: each rewritten class is verified before it is written, the more
     * strictly the more of the classes it refers to are found.
     *
     * @param blockingCalls what async methods are warned of
     */
    public Rewriting(ClassFilter filter, boolean failOnWarning, ClassFiles classPath, BlockingCalls blockingCalls) {
        this.blockingCalls = blockingCalls;
        this.verification = new Verification(classPath);
        this.filter = filter;
        this.failOnWarning = failOnWarning;
    }

    /** Rewrites one class that no other is in the way of. */
    public Optional<Result> rewrite(String className, byte[] classFile) {
        return rewrite(className, classFile, name -> null);
    }

    /**
     * Rewrites one class.
     *
     * <p>A class with an error is not to be written: it would carry the mark of what is rewritten, and the next build would find nothing
     * wrong with it.
     *
     * @param beside the classes of the place where this one is, by name
     * @return what to write in its place; empty if the class is to stay as it is
     */
    public Optional<Result> rewrite(String className, byte[] classFile, ClassFiles beside) {
        if (!filter.accepts(className)) {
            return Optional.empty();
        }
        Result result;
        try {
            result = Transformer.transform(classFile, false, blockingCalls, beside);
            verification.verify(result);
            examined++;
            if (result.rewritten() || result.hasErrors() || Transformer.isRewritten(classFile)) {
                async++;
            }
        } catch (TransformException e) {
            failures.add(Messages.naming(className, e));
            return Optional.empty();
        }
        diagnostics.addAll(result.diagnostics());
        if (!result.rewritten()
                || result.hasErrors()
                || (failOnWarning && !result.diagnostics().isEmpty())) {
            return Optional.empty();
        }
        rewritten.add(className);
        return Optional.of(result);
    }

    /** All errors and warnings, class after class. */
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /** What was said of classes that could not be looked into at all; such a build fails, too. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** The names of the classes that were rewritten, without their frame classes. */
    public List<String> rewritten() {
        return List.copyOf(rewritten);
    }

    /** What is to be said if there was nothing to do, and never had been: perhaps it was the wrong place to look. */
    public Optional<String> nothingFound() {
        if (async > 0 || !failures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (examined) {
                    case 0 -> "there is no class file that may be rewritten";
                    case 1 -> "the only class has no async method";
                    default -> "none of the " + examined + " classes has an async method";
                });
    }

    /** True if a build must stop here. */
    public boolean hasFailed() {
        if (!failures.isEmpty()) {
            return true;
        }
        for (Diagnostic diagnostic : diagnostics) {
            if (isError(diagnostic)) {
                return true;
            }
        }
        return false;
    }

    /** True if this fails the build: an error, or a warning where warnings do. */
    public boolean isError(Diagnostic diagnostic) {
        return failOnWarning || diagnostic.severity() == Severity.ERROR;
    }
}
