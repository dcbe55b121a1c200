package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Calling an async method runs none of its body: it gives a coroutine, which runs when it is awaited, and can do so once. */
final class CreatedNotRun {

    private CreatedNotRun() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        Coroutine<String> greeting = greet("world");
        System.out.println("greet was called, and nothing has run");
        System.out.println("awaiting it gives: " + await(greeting));

        try {
            await(greeting);
        } catch (IllegalStateException e) {
            System.out.println(
                    "awaiting it again does not run it again: " + e.getClass().getSimpleName());
        }
        System.out.println("calling greet again does: " + await(greet("Ada")));
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> greet(String name) {
        System.out.println("greet runs for " + name);
        return Coroutine.of("Hello, " + name + "!");
    }
}
