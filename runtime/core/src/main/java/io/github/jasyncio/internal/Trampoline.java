package io.github.jasyncio.internal;

import io.github.jasyncio.EventLoop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets what happens without a loop happen one after the other, instead of one inside of the other: a chain of eager calls, each of which waits for the
 * one before, takes as much of the stack as one of them.
 *
 * <p>Whatever a thread gives it while it is at work there waits for its turn, first come, first served; except inside of a body: a body is the
 * user's, who may well block it until what he has just set going is done. All is done when the outermost {@link #run} returns.
 */
final class Trampoline {

    // Set to null at the end and not removed, which would cost more; null keeps no class of anybody's on a server's
    // thread.
    private static final ThreadLocal<@Nullable Trampoline> AT_WORK = new ThreadLocal<>();

    /** What waits behind the job that runs; null until something does. */
    private @Nullable ArrayDeque<Runnable> jobs;

    /** The loop in whose turn this is at work. A callback that runs a loop does not return before that loop is done, so it cannot be waited for. */
    private final @Nullable EventLoop loop = EventLoop.running();

    private boolean isInBody;

    private Trampoline() {}

    /** Runs a job: now, or behind those that wait on this thread. */
    static void run(Runnable job) {
        Trampoline outer = AT_WORK.get();
        if (outer != null && outer.mayWait()) {
            outer.add(job);
            return;
        }
        Trampoline made = new Trampoline();
        AT_WORK.set(made);
        try {
            made.runAll(job);
        } finally {
            AT_WORK.set(outer);
        }
    }

    /** True if what this is given may wait for the job that runs; false if it has to run at once. */
    private boolean mayWait() {
        return !isInBody && loop == EventLoop.running();
    }

    private void add(Runnable job) {
        if (jobs == null) {
            jobs = new ArrayDeque<>();
        }
        jobs.add(job);
    }

    private @Nullable Runnable poll() {
        return jobs == null ? null : jobs.poll();
    }

    private void runAll(Runnable first) {
        Throwable failure = null;
        for (Runnable job = first; job != null; job = poll()) {
            try {
                job.run();
            } catch (Throwable t) {
                // An error of the machinery's, such as no memory: those that wait are not to be lost with this one.
                if (failure == null) {
                    failure = t;
                }
            }
        }
        if (failure != null) {
            throw Sneaky.<RuntimeException>failure(failure);
        }
    }

    /** Runs a job that waits on this thread; false if there is none. For who blocks in a callback until one of them is done. */
    static boolean help() {
        Trampoline current = AT_WORK.get();
        Runnable job = current == null || !current.mayWait() ? null : current.poll();
        if (job == null) {
            return false;
        }
        job.run();
        return true;
    }

    /** A body begins; gives what {@link #leaveBody} is to be told. */
    static @Nullable Trampoline enterBody() {
        Trampoline current = AT_WORK.get();
        if (current == null || !current.mayWait()) {
            return null;
        }
        current.isInBody = true;
        return current;
    }

    static void leaveBody(@Nullable Trampoline entered) {
        if (entered != null) {
            entered.isInBody = false;
        }
    }
}
