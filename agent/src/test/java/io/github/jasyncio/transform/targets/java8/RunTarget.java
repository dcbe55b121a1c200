package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.yes;

import io.github.jasyncio.Async;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Async methods that return nothing, because they begin a program or test; who runs them is handed a coroutine. */
class RunTarget {

    private int own = 3;

    @Test
    @Async
    void an_instance_method_uses_its_fields() {
        own += await(at(4));
        log(own * 10 + await(at(5)));
    }

    @Test
    @Async
    static void a_static_one_leaves_by_return_in_the_middle_and_at_the_end() {
        for (int i = 0; i < 5; i++) {
            if (await(at(i)) == 3) {
                log("three");
                return;
            }
        }
        log("not reached");
    }

    @Test
    @Async
    void returns_out_of_try_with_finally() throws IOException {
        try {
            log(await(io("a")));
            if (yes()) {
                return;
            }
        } catch (IllegalStateException e) {
            log(e.getMessage() + await(at("caught")));
            return;
        } finally {
            log(await(at("finally")));
        }
        log("not reached");
    }

    @Test
    @Async
    void awaits_in_every_branch() {
        if (await(at(true))) {
            log(await(at("yes")));
        } else {
            log(await(at("no")));
        }
        long wide = await(at(1L << 40));
        log(wide + await(at(2)));
    }

    @Test
    @Async
    void throws_an_error() {
        await(at(1));
        throw new AssertionError("as tests do");
    }

    @Test
    @Async
    void awaits_nothing() {
        log(own);
    }

    @Test
    @Async
    void never_ends_but_by_throwing() {
        int i = 0;
        while (true) {
            if (await(at(i++)) > 3) {
                throw new IllegalStateException("enough");
            }
        }
    }
}
