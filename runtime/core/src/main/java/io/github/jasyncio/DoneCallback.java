package io.github.jasyncio;

import java.util.function.Consumer;

/** A callback of a future, which becomes the entry in the ready queue when the future is done: nothing is allocated then. */
final class DoneCallback<T> extends Handle {

    private final Future<T> future;

    DoneCallback(Future<T> future, Consumer<? super Future<T>> callback, Object scope) {
        super(callback, scope);
        this.future = future;
    }

    /** True if the runtime, not a user of it, wants to know when the future is done. */
    boolean isOurOwn() {
        return callback().getClass().getProtectionDomain() == EventLoop.class.getProtectionDomain();
    }

    @Override
    @SuppressWarnings("unchecked") // the constructor takes nothing else
    void invoke(Object callback) {
        ((Consumer<? super Future<T>>) callback).accept(future);
    }
}
