package io.github.jasyncio.transform;

import java.util.List;

/**
 * What became of one class file.
 *
 * @param rewritten true if {@code classFile} differs from what was given
 * @param classFile the class as it is to be loaded; the very array that was given if nothing had to be done. Methods with errors throw the error's text when called
 * @param frameClasses the classes that the rewritten one needs, to be defined beside it, in the same loader and package
 * @param diagnostics all errors and warnings of the class, in the order of the source
 */
@SuppressWarnings("ArrayRecordComponent") // class files are arrays everywhere in Java; nobody compares results
public record Result(boolean rewritten, byte[] classFile, List<FrameClass> frameClasses, List<Diagnostic> diagnostics) {

    public Result {
        frameClasses = List.copyOf(frameClasses);
        diagnostics = List.copyOf(diagnostics);
    }

    /** True if one of the diagnostics is an error: a build must not go on with this class. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }
}
