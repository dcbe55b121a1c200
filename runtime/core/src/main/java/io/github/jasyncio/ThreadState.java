package io.github.jasyncio;

import io.github.jasyncio.internal.loop.GoingOn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime knows of a thread: the loop that runs on it and the context variables that are current there.
 *
 * <p>The one thread-local of the runtime. A loop keeps its thread's state in a field while it runs, so that neither a task's step nor a
 * callback looks it up. Confined to its thread.
 */
final class ThreadState {

    // Not withInitial: who only asks leaves nothing behind.
    private static final ThreadLocal<@Nullable ThreadState> CURRENT = new ThreadLocal<>();

    static {
        GoingOn.isIn(Context::goingOn);
    }

    /** How many texts may stand in each other: of a chain of tasks that await each other, nobody reads more. */
    private static final int DEEPEST_TEXT = 4;

    /** The loop that runs on this thread now. */
    @Nullable
    EventLoop running;

    /** What {@link Asyncio#setEventLoop} set. */
    @Nullable
    EventLoop assigned;

    /** The values of context variables; those of {@link #entered} if that is not null. */
    VarMap vars = VarMap.EMPTY;

    /** The context object that was entered last and not left; null while the current context has no object of its own. */
    @Nullable
    Context entered;

    private @Nullable Set<Object> printing;

    /** What goes on then: the turns of loops over an executor that came inside of the running loop's. */
    private @Nullable List<Runnable> waiting;

    private ThreadState() {}

    static ThreadState current() {
        ThreadState state = CURRENT.get();
        if (state == null) {
            state = new ThreadState();
            CURRENT.set(state);
        }
        return state;
    }

    /** The loop that runs on the calling thread, or null. */
    static @Nullable EventLoop runningLoop() {
        ThreadState state = CURRENT.get();
        return state == null ? null : state.running;
    }

    /** The values of context variables on the calling thread. */
    static VarMap currentVars() {
        ThreadState state = CURRENT.get();
        return state == null ? VarMap.EMPTY : state.vars;
    }

    /**
     * Takes the state away from its thread if there is nothing in it. A server's thread outlives the application whose code it ran for a while; if it
     * kept an object of that application's classes, none of them could ever be unloaded.
     */
    void forgetIfEmpty() {
        if (isEmpty()) {
            CURRENT.remove();
        }
    }

    /** True if a thread that the runtime has never heard of has the same state. */
    boolean isEmpty() {
        return running == null
                && assigned == null
                && vars == VarMap.EMPTY
                && entered == null
                && printing == null
                && waiting == null;
    }

    /**
     * Makes a scope current. The caller restores {@link #vars} and {@link #entered} with {@link #leave}.
     *
     * @param scope a {@link VarMap}, or a {@link Context} to be entered
     * @throws IllegalStateException if it is a context that has been entered already
     */
    void enter(Object scope) {
        if (scope instanceof VarMap map) {
            // Most steps change neither; a store that is not done costs the garbage collector's barrier nothing.
            if (vars != map) {
                vars = map;
            }
            if (entered != null) {
                entered = null;
            }
        } else {
            Context context = (Context) scope;
            context.enter();
            vars = context.vars;
            entered = context;
        }
    }

    /** Goes back to what was current before {@link #enter}. */
    void leave(VarMap outerVars, @Nullable Context outerContext) {
        Context context = entered;
        if (context != null) {
            context.exit();
        }
        if (vars != outerVars) {
            vars = outerVars;
        }
        if (entered != outerContext) {
            entered = outerContext;
        }
    }

    /** Leaves the context object in which an entry of the ready queue ran. Its values stay until the next entry brings its own. */
    void leaveContext() {
        if (entered != null) {
            entered.exit();
            entered = null;
        }
    }

    /**
     * The object of the current context, entered. A task or callback has none until somebody needs it: an object must remember who is in it, and
     * what it held when another one is entered inside.
     */
    Context object() {
        Context context = entered;
        if (context == null) {
            // Only a task's own scope is without an object while the task runs, so this is the task's.
            Task<?> task = currentTask();
            context = new Context(vars, task);
            context.enter();
            entered = context;
            if (task != null) {
                task.hasScope(context);
            }
        }
        return context;
    }

    /** What is current when another context is to be entered inside. A thread's own context needs no object: nobody can ask for it meanwhile. */
    @Nullable
    Context outer() {
        return running == null ? entered : object();
    }

    /** What stands for the current context, an object or not: that object, or the task or thread whose own it is. */
    Object home() {
        if (entered == null) {
            Task<?> task = currentTask();
            if (task != null) {
                return task;
            }
            if (running == null) {
                return Thread.currentThread();
            }
        }
        return object().home();
    }

    private @Nullable Task<?> currentTask() {
        return running == null ? null : running.current();
    }

    /** Gives a variable of the current context a value, or takes it away ({@link VarMap#ABSENT}). */
    void set(ContextVar<?> variable, @Nullable Object value) {
        VarMap changed = value == VarMap.ABSENT ? vars.without(variable) : vars.with(variable, value);
        vars = changed;
        Context context = entered;
        if (context != null) {
            context.vars = changed;
            return;
        }
        Task<?> task = currentTask();
        if (task != null) {
            task.hasScope(changed);
        }
    }

    /** Lets a turn wait until the loop that runs has ended its own. */
    void waitForLoop(Runnable whenOver) {
        if (waiting == null) {
            waiting = new ArrayList<>();
        }
        waiting.add(whenOver);
    }

    /** No loop runs any more. */
    void leaveLoop() {
        running = null;
        List<Runnable> waited = waiting;
        if (waited != null) {
            waiting = null;
            waited.forEach(Runnable::run);
        }
    }

    /**
     * Notes that {@code object} is being turned into text; false if it is already, because it contains itself, or if it is too deep in the texts of
     * others.
     */
    boolean beginPrinting(Object object) {
        if (printing == null) {
            printing = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        return printing.size() < DEEPEST_TEXT && printing.add(object);
    }

    void endPrinting(Object object) {
        if (printing != null) {
            printing.remove(object);
            if (printing.isEmpty()) {
                printing = null;
            }
        }
    }
}
