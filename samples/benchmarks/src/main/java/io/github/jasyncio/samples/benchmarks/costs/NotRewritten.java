package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A class as one writes them, with three async methods among others: what {@link TransformThousand} rewrites. The build leaves it as it is. */
final class NotRewritten {

    private final Map<String, Integer> stock = new TreeMap<>();
    private int orders;

    void deliver(String article, int number) {
        stock.merge(article, number, Integer::sum);
    }

    int inStock(String article) {
        return stock.getOrDefault(article, 0);
    }

    String report() {
        StringBuilder lines = new StringBuilder();
        stock.forEach((article, number) ->
                lines.append(article).append(": ").append(number).append('\n'));
        return lines.append(orders).append(" orders").toString();
    }

    @Async
    Coroutine<Boolean> order(String article, int number) {
        orders++;
        if (inStock(article) < number) {
            await(sleep(Duration.ofMillis(10L * number)));
            deliver(article, await(produce(article, number)));
        }
        stock.merge(article, -number, Integer::sum);
        return Coroutine.of(inStock(article) >= 0);
    }

    @Async
    Coroutine<Integer> produce(String article, int number) {
        int made = 0;
        for (int attempt = 1; made < number && attempt < 10; attempt++) {
            try {
                made += await(waitFor(batch(article, number - made), Duration.ofSeconds(attempt)));
            } catch (AsyncTimeoutException e) {
                System.out.println("attempt " + attempt + " at " + article + " took too long: " + e.getMessage());
            }
        }
        return Coroutine.of(made);
    }

    @Async
    Coroutine<Integer> batch(String article, int number) {
        List<Task<Integer>> machines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            machines.add(createTask(machine(number / 3)));
        }
        int sum = 0;
        for (int made : await(gather(machines))) {
            sum += made;
        }
        return Coroutine.of(article.isEmpty() ? 0 : sum + number % 3);
    }

    private static Coroutine<Integer> machine(int number) {
        return sleep(Duration.ofMillis(number), number);
    }
}
