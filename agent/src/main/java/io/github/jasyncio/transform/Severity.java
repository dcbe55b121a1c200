package io.github.jasyncio.transform;

/** How bad a {@link Diagnostic} is. */
public enum Severity {
    /** The method cannot be rewritten: a build fails, and under the agent the method throws when called. */
    ERROR,
    /** The method was rewritten, but does probably not do what was meant. */
    WARNING
}
