package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.functions.HandWritten;
import io.github.jasyncio.internal.introspection.OnBehalf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together: none of them outlives the body that {@link Asyncio#taskGroup taskGroup} runs.
 *
 * <p>Semantics: {@code asyncio.TaskGroup}. When the body has ended, the group waits for its tasks, new ones included. As soon as a task
 * fails, the others and the body are cancelled; when all have ended, {@link ExceptionGroup} reports the failures in the order in which
 * they happened, the body's own last. A task that ends cancelled has not failed. Stricter than asyncio: a group that aborts cancels
 * its tasks in the order in which they were created.
 *
 * <p>Loop-confined.
 */
public final class TaskGroup {

    // not entered --enter--> entered --the body has ended--> exiting --its last task has ended--> finished
    //                           '-------'---a failure, or the body is cancelled--> aborting --its last task has
    // ended--> finished
    private boolean entered;
    private boolean exiting;
    private boolean aborting;

    private @Nullable EventLoop loop;
    private @Nullable Task<?> parent;

    /** True once the parent was cancelled by this group, which then owes it an {@code uncancel}. */
    private boolean parentCancelRequested;

    private final Set<Task<?>> tasks = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable Throwable baseError;
    private @Nullable Future<Void> allEnded;

    private final OnTaskDone onTaskDone = new OnTaskDone();

    TaskGroup() {}

    /**
     * Starts a coroutine as a task of this group.
     *
     * <p>Semantics: {@code asyncio.TaskGroup.create_task}. A coroutine that is refused never runs.
     *
     * @throws IllegalStateException if the group has ended, or is shutting down because of a failure or a cancellation
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, null, null);
    }

    /**
     * The same, with a name for the task.
     *
     * @throws IllegalStateException if the group has ended, or is shutting down because of a failure or a cancellation
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, name, null);
    }

    /**
     * The same, in a context.
     *
     * @param context what the task runs in; null means a copy of the current one
     * @throws IllegalStateException if the group has ended, or is shutting down because of a failure or a cancellation
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        if (loop == null || !entered) {
            throw refused(coroutine, "it has not been entered");
        }
        if (exiting && tasks.isEmpty()) {
            throw refused(coroutine, "it is finished");
        }
        if (aborting) {
            throw refused(coroutine, "it is shutting down");
        }
        Task<T> task = loop.createTask(coroutine, name, context);
        // One that was started eagerly may be done. Its failure is handled in a later turn all the same (as from
        // CPython 3.13.2 on), or
        // it would cancel the task that is just calling this.
        if (!task.isDone() || (!task.isCancelled() && task.exception() != null)) {
            tasks.add(task);
            task.addDoneCallback(onTaskDone);
        }
        return task;
    }

    private IllegalStateException refused(Coroutine<?> coroutine, String why) {
        if (coroutine instanceof Frame<?> frame && frame.hasNeverRun()) {
            frame.discard(); // used up, as Python closes it: it is not to run elsewhere, nor to be reported as never
            // awaited
        }
        return new IllegalStateException("createTask called on " + this + ", but " + why);
    }

    private void onTaskDone(Future<?> task) {
        tasks.remove(task);
        if (allEnded != null && tasks.isEmpty() && !allEnded.isDone()) {
            allEnded.setResult(null);
        }
        if (task.isCancelled()) {
            return;
        }
        Throwable failure = task.exception();
        if (failure == null) {
            return;
        }
        errors.add(failure);
        if (isBaseError(failure) && baseError == null) {
            baseError = failure;
        }
        Task<?> parent = parent();
        if (parent.isDone()) {
            reportOrphan(task, failure, parent);
        } else if (!aborting && !parentCancelRequested) {
            abort();
            parentCancelRequested = true;
            parent.cancel();
        }
    }

    private void reportOrphan(Future<?> task, Throwable failure, Task<?> parent) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put(
                "message", "Task " + task + " has errored out but its parent task " + parent + " is already completed");
        context.put("exception", failure);
        context.put("task", task);
        loop().callExceptionHandler(context);
    }

    private void abort() {
        aborting = true;
        for (Task<?> task : tasks) {
            task.cancel(); // no effect on one that is done
        }
    }

    private void enter() {
        if (entered) {
            throw new IllegalStateException(this + " has already been entered");
        }
        loop = Asyncio.getRunningLoop();
        parent = Asyncio.currentTask();
        if (parent == null) {
            throw new IllegalStateException(
                    "taskGroup was awaited outside a task, so there is nothing to cancel if one of the"
                            + " group's tasks fails; make a task of the coroutine that awaits it");
        }
        entered = true;
    }

    /** What does not wait to be put into a group. */
    private static boolean isBaseError(Throwable failure) {
        return failure instanceof KeyboardInterrupt;
    }

    private EventLoop loop() {
        return known(loop);
    }

    private Task<?> parent() {
        return known(parent);
    }

    private <V> V known(@Nullable V value) {
        if (value == null) {
            throw new AssertionError(this + " has not been entered (a bug in jasyncio)");
        }
        return value;
    }

    /** In asyncio's form: {@code <TaskGroup tasks=2 errors=1 cancelling>}. */
    @Override
    public String toString() {
        return "<TaskGroup"
                + (tasks.isEmpty() ? "" : " tasks=" + tasks.size())
                + (errors.isEmpty() ? "" : " errors=" + errors.size())
                + (aborting ? " cancelling" : entered ? " entered" : "")
                + ">";
    }

    /** The callback on every task. The parent cannot end before they have, whatever it waits for now. */
    private final class OnTaskDone implements Consumer<Future<?>>, OnBehalf {

        @Override
        public void accept(Future<?> task) {
            onTaskDone(task);
        }

        @Override
        public Collection<? extends Future<?>> waiters() {
            Task<?> parent = TaskGroup.this.parent;
            return parent == null ? List.of() : List.of(parent);
        }

        @Override
        public boolean isAwaitedBy(Frame<?> frame) {
            return frame instanceof Scope<?> scope && scope.group == TaskGroup.this;
        }

        @Override
        public String toString() {
            return "taskGroup";
        }
    }

    /** {@code async with TaskGroup() as group: return await body(group)}. */
    static final class Scope<T> extends HandWritten<T> {

        private final AsyncFunction<TaskGroup, T> body;
        private final TaskGroup group;
        private @Nullable Object bodysValue;
        private @Nullable Throwable bodysFailure;

        /** What goes on outwards when the tasks have ended, unless one of them has failed. */
        private @Nullable Throwable cancellation;

        Scope(AsyncFunction<TaskGroup, T> body) {
            this(new TaskGroup(), body);
        }

        Scope(TaskGroup group, AsyncFunction<TaskGroup, T> body) {
            super("taskGroup");
            this.group = group;
            this.body = body;
        }

        @Override
        @Nullable
        protected Object run(Execution execution) throws Throwable {
            group.enter();
            return await(() -> body.apply(group), this::bodyEnded, execution);
        }

        private @Nullable Object bodyEnded(@Nullable Object value, @Nullable Throwable failure, Execution execution)
                throws Throwable {
            bodysValue = value;
            bodysFailure = failure;
            group.exiting = true;
            if (failure != null) {
                if (isBaseError(failure) && group.baseError == null) {
                    group.baseError = failure;
                }
                if (failure instanceof CancelledError) {
                    cancellation = failure;
                }
                if (!group.aborting) {
                    group.abort();
                }
            }
            return awaitTasks(execution);
        }

        /** In a loop, by way of {@link #woken}: the parent may be cancelled again and again while the group's tasks clean up. */
        private @Nullable Object awaitTasks(Execution execution) throws Throwable {
            if (group.tasks.isEmpty()) {
                return leave();
            }
            Future<Void> allEnded = group.loop().createFuture();
            group.allEnded = allEnded;
            return await(allEnded, this::woken, execution);
        }

        private @Nullable Object woken(@Nullable Object value, @Nullable Throwable failure, Execution execution)
                throws Throwable {
            group.allEnded = null;
            if (failure != null && !(failure instanceof CancelledError)) {
                throw failure;
            }
            if (failure != null && !group.aborting) {
                cancellation = failure;
                group.abort();
            }
            return awaitTasks(execution);
        }

        private @Nullable Object leave() throws Throwable {
            if (group.baseError != null) {
                throw group.baseError;
            }
            Task<?> parent = group.parent();
            if (group.parentCancelRequested && parent.uncancel() == 0) {
                cancellation = null; // it was the group's own, which nobody outside is to see
            }
            if (cancellation != null && group.errors.isEmpty()) {
                throw cancellation;
            }
            if (bodysFailure != null && !(bodysFailure instanceof CancelledError)) {
                group.errors.add(bodysFailure);
            }
            if (!group.errors.isEmpty()) {
                if (parent.cancelling() > 0) {
                    // Somebody outside asked, too. That is not lost: it comes at the parent's next suspension, counted
                    // once.
                    parent.uncancel();
                    parent.cancel();
                }
                ExceptionGroup failures = new ExceptionGroup("unhandled errors in a TaskGroup", group.errors);
                group.errors.clear(); // whoever keeps the group shall not keep these alive
                throw failures;
            }
            return valueOr(bodysFailure, bodysValue);
        }
    }
}
