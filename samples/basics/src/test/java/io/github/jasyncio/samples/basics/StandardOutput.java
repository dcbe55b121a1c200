package io.github.jasyncio.samples.basics;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What programs print on standard output, caught. */
final class StandardOutput {

    private StandardOutput() {}

    /** What {@code program} prints while it runs, with {@code \n} between lines everywhere. */
    static String of(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return caught.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
