package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.process.Subprocesses.createSubprocessExec;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.process.Process;
import java.io.IOException;
import java.time.Duration;

/** Other programs: they are given something, say something, and are waited for, while everything else goes on. */
final class Processes {

    private Processes() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        try {
            System.out.println("sorted: " + await(sorted("pear", "apple", "fig")));
            System.out.println("two at the same time: " + await(gather(sorted("b", "a"), sorted("d", "c"))));
            System.out.println("sleep was ended, and says " + await(impatient()));
        } catch (IOException e) {
            System.out.println("this needs programs that are not here: " + e.getMessage());
        }
        try {
            await(createSubprocessExec("no-such-program"));
        } catch (IOException e) {
            System.out.println("a program that is not there is a failure");
        }
        return Coroutine.done();
    }

    /** communicate writes and reads at once, so that neither side can wait for the other for ever. */
    @Async
    static Coroutine<String> sorted(String... words) throws IOException {
        Process sort = await(createSubprocessExec("sort"));
        String said = await(sort.communicate((String.join("\n", words) + "\n").getBytes(UTF_8)))
                .stdout(UTF_8);
        return Coroutine.of(String.join(" ", said.lines().toList()));
    }

    /** A program does not end because nobody waits for it any more. */
    @Async
    static Coroutine<String> impatient() throws IOException {
        Process sleep = await(createSubprocessExec("sleep", "1000"));
        try {
            return Coroutine.of("itself: " + await(waitFor(sleep.waitFor(), Duration.ofMillis(50))));
        } catch (AsyncTimeoutException e) {
            sleep.terminate();
            return Coroutine.of("so: " + await(sleep.waitFor()));
        }
    }
}
