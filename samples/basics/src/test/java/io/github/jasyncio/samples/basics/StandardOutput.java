package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Coroutine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What programs print on standard output, caught. */
final class StandardOutput {

    private StandardOutput() {}

    /** What {@code program} prints until it is done, likewise. */
    @Async
    static Coroutine<String> whileRuns(AsyncCallable<Void> program) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            await(async(program));
        } finally {
            System.setOut(before);
        }
        return Coroutine.of(caught.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

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
