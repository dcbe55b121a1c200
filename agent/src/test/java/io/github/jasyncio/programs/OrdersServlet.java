package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A page that a program with async methods makes, of both kinds. */
public class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClassLoader loader = getClass().getClassLoader();
        boolean hasRuntime = Coroutine.class.getClassLoader() == loader;
        response.getWriter()
                .print(run(total()) + " and "
                        + eager(CompletableFuture.completedFuture(1)).join() + " in "
                        + loader.getClass().getSimpleName() + (hasRuntime ? " with a runtime of its own" : ""));
    }

    @Async
    private static Coroutine<Integer> total() {
        Task<Integer> first = createTask(price(1));
        Task<Integer> second = createTask(price(2));
        return Coroutine.of(await(first) + await(second) + await(toThread(() -> 3)));
    }

    @Async
    private static Coroutine<Integer> price(int item) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(item * 10);
    }

    @Async
    private static CompletableFuture<Integer> eager(CompletableFuture<Integer> rate) {
        return CompletableFuture.completedFuture(await(rate) + 1);
    }
}
