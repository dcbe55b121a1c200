package io.github.jasyncio.testing.home;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/** The tasks of one program, and one more that cancels some of them in the middle of whatever they do. */
final class Actors {

    private final List<Task<Void>> all = new ArrayList<>();
    private final List<Task<Void>> cancellable = new ArrayList<>();
    private final Dice dice;

    Actors(long program) {
        dice = Dice.of(program, -1);
    }

    /** Starts one whom nobody cancels. */
    Task<Void> start(String name, Coroutine<Void> body) {
        Task<Void> task = createTask(body, name);
        all.add(task);
        return task;
    }

    /** Starts one who may be cancelled. */
    Task<Void> startCancellable(String name, Coroutine<Void> body) {
        Task<Void> task = start(name, body);
        cancellable.add(task);
        return task;
    }

    @Async
    private Coroutine<Void> cancelSome() {
        for (int times = dice.below(4); times > 0; times--) {
            await(dice.pause());
            cancellable.get(dice.below(cancellable.size())).cancel();
        }
        return Coroutine.done();
    }

    /** Waits for all, who may end by being cancelled and by nothing else that is bad. */
    @Async
    Coroutine<Void> end() {
        if (!cancellable.isEmpty()) {
            start("canceller", cancelSome());
        }
        for (Outcome<Void> outcome : await(gatherOutcomes(all))) {
            if (outcome instanceof Outcome.Failure<Void> failure && !(failure.error() instanceof CancelledError)) {
                throw new AssertionError("an actor has failed: " + failure.error(), failure.error());
            }
        }
        return Coroutine.done();
    }
}
