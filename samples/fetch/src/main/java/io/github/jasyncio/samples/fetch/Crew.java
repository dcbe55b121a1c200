package io.github.jasyncio.samples.fetch;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Fetches all pages of a board, so many at a time: each of its workers takes the next page as soon as it has done one. */
final class Crew {

    private final Board board;
    private final Download download;
    private final int limit;

    Crew(Board board, Download download, int limit) {
        this.board = board;
        this.download = download;
        this.limit = limit;
    }

    /** Fetches them all. Cancelling it leaves on the board what is known so far. */
    @Async
    Coroutine<Void> fetchAll() {
        // One iterator for all workers. They run on the loop's thread, one at a time, so it needs no lock.
        Iterator<Integer> numbers = board.numbers().iterator();
        List<Task<Void>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, board.size()); i++) {
            workers.add(createTask(work(numbers), "worker-" + i));
        }
        await(gather(workers));
        return Coroutine.done();
    }

    /** The same, and shows how far it is. */
    @Async
    Coroutine<Void> fetchAllShowing(ProgressLine line) {
        Task<Void> showing = createTask(line.show(), "progress");
        try {
            await(fetchAll());
        } finally {
            showing.cancel();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> work(Iterator<Integer> numbers) {
        while (numbers.hasNext()) {
            int number = numbers.next();
            Page page = board.get(number);
            board.put(number, page.running());
            board.put(number, await(download.of(page)));
        }
        return Coroutine.done();
    }
}
