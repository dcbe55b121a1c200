package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * How a loop makes tasks of coroutines.
 *
 * <p>Semantics: what {@code loop.set_task_factory} takes. The method is generic, so a factory of one's own is a method reference or a class,
 * not a lambda; it ends by calling {@link #DEFAULT} or {@link #EAGER}.
 */
@FunctionalInterface
public interface TaskFactory {

    /** Makes tasks that begin in the loop's next turn: what a loop does that has no factory. */
    TaskFactory DEFAULT = new TaskFactory() {
        @Override
        public <T> Task<T> create(
                EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
            return Task.create(loop, coroutine, name, context);
        }

        @Override
        public String toString() {
            return "TaskFactory.DEFAULT";
        }
    };

    /**
     * Makes tasks that run at once, up to their first suspension, while their maker waits; one that never suspends is done when it is returned.
     *
     * <p>Semantics: {@code asyncio.eager_task_factory}. On a loop that does not run, tasks begin as usual. While it
     * runs they are made on its own thread only; on another {@link IllegalStateException} is thrown, for their beginning would run there.
     */
    TaskFactory EAGER = new TaskFactory() {
        @Override
        public <T> Task<T> create(
                EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
            return Task.createEager(loop, coroutine, name, context);
        }

        @Override
        public String toString() {
            return "TaskFactory.EAGER";
        }
    };

    /**
     * Makes a task.
     *
     * <p>Semantics: what {@code loop.set_task_factory} takes; name and context come along here, so that no factory can lose them.
     *
     * @param loop the loop that is to run it
     * @param coroutine what it runs
     * @param name its name, or null for one of the kind {@code Task-7}
     * @param context the context in which it runs, or null for a copy of the current one
     */
    <T> Task<T> create(EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context);
}
