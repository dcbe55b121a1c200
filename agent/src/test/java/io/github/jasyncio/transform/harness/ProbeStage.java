package io.github.jasyncio.transform.harness;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One of Java's own stages that behaves as the schedule says; a nested one is as good as a suspending one. */
final class ProbeStage<T> extends CompletableFuture<T> {

    private final Run run;
    private final int ordinal;
    private final Behaviour behaviour;
    private final T value;

    ProbeStage(Run run, int ordinal, Behaviour behaviour, T value) {
        this.run = run;
        this.ordinal = ordinal;
        this.behaviour = behaviour;
        this.value = value;
        run.log("stage #" + ordinal + " " + Description.of(value));
        if (behaviour == Behaviour.READY) {
            complete(value);
        } else if (behaviour == Behaviour.THROWS_BEFORE) {
            completeExceptionally(run.failure(ordinal, behaviour));
        }
    }

    @Nullable
    Throwable failure() {
        return behaviour.fails() ? run.failure(ordinal, behaviour) : null;
    }

    T value() {
        return value;
    }
}
