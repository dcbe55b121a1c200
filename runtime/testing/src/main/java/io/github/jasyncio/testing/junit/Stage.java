package io.github.jasyncio.testing.junit;

/** Some code of the test's: a test method, or one that comes before or after. */
@FunctionalInterface
interface Stage {

    /** Runs it. */
    void run() throws Throwable;
}
