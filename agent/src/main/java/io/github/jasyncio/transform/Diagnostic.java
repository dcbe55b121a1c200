package io.github.jasyncio.transform;

/**
 * What is wrong with a piece of the user's code, and what to do about it.
 *
 * @param severity how bad it is
 * @param where class, method, file and line
 * @param what what is wrong, and why it is, in one sentence without a full stop
 * @param wayOut what to write instead, as a sentence
 */
public record Diagnostic(Severity severity, SourceLocation where, String what, String wayOut) {

    @Override
    public String toString() {
        return where + ": " + what + "\n    " + wayOut;
    }
}
