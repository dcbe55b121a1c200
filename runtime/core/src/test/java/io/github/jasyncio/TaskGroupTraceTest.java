package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.TaskGroup}. */
class TaskGroupTraceTest extends GoldenTrace {

    private void inGroup(ActionOn<TaskGroup> body) {
        await(taskGroup(bodyDo(body)));
    }

    @Test
    void group_body_fails() {
        check("group_body_fails", () -> {
            boolean[][] variants = {{false, true}, {true, true}, {false, false}};
            for (boolean[] variant : variants) {
                try {
                    inGroup(group -> {
                        group.createTask(bodyFailsJob("a", variant[0]));
                        group.createTask(bodyFailsJob("b", false));
                        if (variant[1]) {
                            await(sleep(ms(10)));
                        }
                        log("body raises");
                        throw new Boom("body");
                    });
                } catch (Throwable e) {
                    log(e, "cancelling", me().cancelling());
                }
            }
            try {
                inGroup(group -> {
                    throw new Boom("alone");
                });
            } catch (Throwable e) {
                log(e);
            }
            List<Task<Void>> t = new ArrayList<>();
            try {
                inGroup(group -> {
                    t.add(group.createTask(bodyFailsJob("c", false)));
                    await(sleep(Duration.ZERO));
                    throw new CancelledError("the body's own");
                });
            } catch (Throwable e) {
                log(e, "c cancelled", t.get(0).isCancelled());
            }
        });
    }

    private Coroutine<Void> bodyFailsJob(String name, boolean fails) {
        return asyncDo(() -> {
            log(name, "starts");
            try {
                await(sleep(ms(50)));
            } catch (CancelledError e) {
                log(name, "cancelled");
                await(sleep(ms(5)));
                if (fails) {
                    throw new Boom(name);
                }
                throw e;
            }
        });
    }

    @Test
    void group_cancelled_from_outside() {
        check("group_cancelled_from_outside", () -> {
            for (boolean inBody : new boolean[] {true, false}) {
                for (String how : List.of("leaves", "fails")) {
                    Task<Void> p = createTask(parentCancelledFromOutside(inBody, how), "p");
                    await(sleep(ms(10)));
                    p.cancel("outside");
                    attempt("p", p);
                    log("p cancelled", p.isCancelled(), p.cancelling());
                }
            }
        });
    }

    private Coroutine<Void> parentCancelledFromOutside(boolean inBody, String how) {
        return asyncDo(() -> {
            try {
                inGroup(group -> {
                    group.createTask(cancelledJob("a", "leaves"));
                    group.createTask(cancelledJob("b", how));
                    if (inBody) {
                        await(sleep(ms(50)));
                    }
                });
            } catch (Throwable e) {
                log("parent gets", e, "cancelling", me().cancelling());
                if (e instanceof ExceptionGroup) {
                    attempt("next suspension", sleep(ms(1)));
                    log("cancelling", me().cancelling());
                }
                throw e;
            }
        });
    }

    private Coroutine<Void> cancelledJob(String name, String how) {
        return asyncDo(() -> {
            try {
                await(sleep(ms(50)));
            } catch (CancelledError e) {
                log(name, "gets", e);
                await(sleep(ms(5)));
                if (how.equals("fails")) {
                    throw new Boom(name);
                }
                throw e;
            }
        });
    }

    @Test
    void group_completes() {
        check("group_completes", () -> {
            List<Task<String>> made = new ArrayList<>();
            inGroup(group -> {
                made.add(group.createTask(completingJob("a", ms(20), null), "a"));
                made.add(group.createTask(completingJob("b", ms(10), group), "b"));
                log("body ends; a done", made.get(0).isDone());
            });
            log("left", made.get(0).result(), made.get(1).result(), "cancelling", me().cancelling());
            inGroup(group -> {
                Task<String> c = group.createTask(completingJob("c", Duration.ZERO, null));
                log("awaited in the body:", await(c));
                await(sleep(ms(5)));
            });
            log("left without waiting");
            inGroup(group -> {});
            log("empty group");
        });
    }

    private Coroutine<String> completingJob(String name, Duration delay, @Nullable TaskGroup group) {
        return async(() -> {
            log(name, "starts");
            await(sleep(delay));
            if (group != null) {
                group.createTask(completingJob(name + "'s child", ms(15), null), name + "'s child");
            }
            log(name, "ends");
            return name;
        });
    }

    @Test
    void group_failure_and_cancel_together() {
        check("group_failure_and_cancel_together", () -> {
            for (int delay : new int[] {9, 10, 11, 15}) {
                Task<Void> p = createTask(parentOfBadAndSlow(), "p");
                getRunningLoop().callLater(ms(delay), p::cancel);
                attempt("cancelled at " + delay + ":", p);
                log("p cancelled", p.isCancelled());
            }
            Task<Void> p = createTask(parentOfBadAndSlow(), "p");
            await(sleep(Duration.ZERO));
            await(sleep(Duration.ZERO));
            getRunningLoop().callLater(ms(10), p::cancel);
            attempt("cancelled when bad is about to fail:", p);
        });
    }

    private Coroutine<Void> parentOfBadAndSlow() {
        return asyncDo(() -> {
            try {
                inGroup(group -> {
                    group.createTask(slowToLeave("bad", ms(10), true));
                    group.createTask(slowToLeave("slow", ms(50), false));
                    await(sleep(ms(50)));
                });
            } catch (Throwable e) {
                log("parent gets", e, "cancelling", me().cancelling());
                attempt("next suspension", sleep(Duration.ZERO));
                log("cancelling", me().cancelling());
                attempt("and the next", sleep(Duration.ZERO));
                throw e;
            }
        });
    }

    private Coroutine<Void> slowToLeave(String name, Duration delay, boolean fails) {
        return asyncDo(() -> {
            try {
                await(sleep(delay));
            } catch (CancelledError e) {
                await(sleep(ms(10)));
                throw e;
            }
            if (fails) {
                throw new Boom(name);
            }
        });
    }

    private record Spec(
            String name,
            Duration delay,
            boolean fails,
            @Nullable Duration cleanup) {
        Spec(String name, int delay, boolean fails) {
            this(name, ms(delay), fails, null);
        }

        Spec(String name, int delay, boolean fails, int cleanup) {
            this(name, ms(delay), fails, ms(cleanup));
        }
    }

    @Test
    void group_many_fail() {
        check("group_many_fail", () -> {
            attemptGroup(new Spec("a", 10, true), new Spec("b", 10, true), new Spec("c", 11, true));
            attemptGroup(
                    new Spec("d", 50, false, 10),
                    new Spec("e", 50, false, 5),
                    new Spec("f", 10, true),
                    new Spec("g", 50, false));
            attemptGroup(new Spec("h", 0, true), new Spec("i", 0, true));
            attemptGroup(new Spec("j", 0, true), new Spec("k", 10, false));
        });
    }

    private void attemptGroup(Spec... specs) {
        try {
            inGroup(group -> {
                for (Spec spec : specs) {
                    group.createTask(failingJob(spec), spec.name());
                }
            });
        } catch (ExceptionGroup e) {
            log(e);
        }
    }

    private Coroutine<Void> failingJob(Spec spec) {
        return asyncDo(() -> {
            try {
                await(sleep(spec.delay()));
            } catch (CancelledError e) {
                Duration cleanup = spec.cleanup();
                if (cleanup != null) {
                    await(sleep(cleanup));
                    log(spec.name(), "fails while leaving");
                    throw new Boom(spec.name());
                }
                log(spec.name(), "leaves");
                throw e;
            }
            log(spec.name(), spec.fails() ? "fails" : "ends");
            if (spec.fails()) {
                throw new Boom(spec.name());
            }
        });
    }

    private TaskGroup current = new TaskGroup();

    @Test
    void group_misuse() {
        check("group_misuse", () -> {
            attemptCall(
                    "add before",
                    () -> current.createTask(misusingJob("refused", Duration.ZERO, false))
                            .getName());
            await(new TaskGroup.Scope<>(current, bodyDo(group -> group.createTask(addsLater(ms(10))))));
            attemptCall(
                    "add after",
                    () -> current.createTask(misusingJob("refused", Duration.ZERO, false))
                            .getName());
            try {
                inGroup(group -> {
                    current = group;
                    group.createTask(misusingJob("a", ms(10), true));
                    group.createTask(misusingJob("b", ms(50), false));
                });
            } catch (ExceptionGroup e) {
                log(e);
            }
        });
    }

    private Coroutine<Void> addsLater(Duration delay) {
        return asyncDo(() -> {
            await(sleep(delay));
            attemptCall(
                    "add while the group waits",
                    () -> current.createTask(misusingJob("late one", Duration.ZERO, false), "late one")
                            .getName());
        });
    }

    private Coroutine<Void> misusingJob(String name, Duration delay, boolean fails) {
        return asyncDo(() -> {
            try {
                log(name, "starts");
                await(sleep(delay));
                if (fails) {
                    throw new Boom(name);
                }
            } catch (CancelledError e) {
                log(name, "cancelled");
                attemptCall(
                        "add while shutting down",
                        () -> current.createTask(misusingJob("refused", Duration.ZERO, false))
                                .getName());
                throw e;
            }
        });
    }

    @Test
    void group_nested() {
        check("group_nested", () -> {
            try {
                inGroup(outer -> {
                    outer.createTask(nestedJob("o", ms(50), false));
                    outer.createTask(inner("i"));
                    await(sleep(ms(40)));
                });
            } catch (ExceptionGroup e) {
                log(e);
            }
            try {
                inGroup(outer -> {
                    outer.createTask(nestedJob("p", ms(50), false));
                    try {
                        await(inner("j"));
                    } catch (ExceptionGroup e) {
                        log("handled in the body:", e);
                    }
                    await(sleep(ms(5)));
                    log("outer goes on; cancelling", me().cancelling());
                });
            } catch (ExceptionGroup e) {
                log("never here", e);
            }
            try {
                inGroup(outer -> {
                    outer.createTask(nestedJob("q", ms(10), true));
                    inGroup(group -> group.createTask(nestedJob("r", ms(50), false)));
                });
            } catch (ExceptionGroup e) {
                log(e, "cancelling", me().cancelling());
            }
        });
    }

    private Coroutine<Void> nestedJob(String name, Duration delay, boolean fails) {
        return asyncDo(() -> {
            try {
                await(sleep(delay));
                log(name, fails ? "fails" : "ends");
            } catch (CancelledError e) {
                log(name, "cancelled");
                throw e;
            }
            if (fails) {
                throw new Boom(name);
            }
        });
    }

    private Coroutine<Void> inner(String name) {
        return asyncDo(() -> inGroup(group -> {
            group.createTask(nestedJob(name + "1", ms(10), true));
            group.createTask(nestedJob(name + "2", ms(30), false));
        }));
    }

    @Test
    void group_one_task_cancelled() {
        check("group_one_task_cancelled", () -> {
            List<Task<String>> a = new ArrayList<>();
            inGroup(group -> {
                a.add(group.createTask(stayingJob("a", ms(50), "leaves"), "a"));
                group.createTask(stayingJob("b", ms(20), "leaves"), "b");
                await(sleep(ms(10)));
                a.get(0).cancel();
                await(sleep(Duration.ZERO));
                log("body goes on");
            });
            log("left; a cancelled", a.get(0).isCancelled());
            try {
                inGroup(group -> {
                    Task<String> c = group.createTask(stayingJob("c", ms(50), "leaves"), "c");
                    group.createTask(stayingJob("d", ms(30), "leaves"), "d");
                    getRunningLoop().callLater(ms(10), c::cancel);
                    await(c);
                });
            } catch (CancelledError e) {
                log("awaiting a cancelled task in the body is the body's cancellation");
            }
            List<Task<String>> stays = new ArrayList<>();
            inGroup(group -> {
                Task<String> e = group.createTask(stayingJob("e", ms(50), "stays"), "e");
                stays.add(e);
                getRunningLoop().callLater(ms(10), e::cancel);
            });
            log("e", stays.get(0).result());
        });
    }

    private Coroutine<String> stayingJob(String name, Duration delay, String how) {
        return async(() -> {
            try {
                await(sleep(delay));
                log(name, "ends");
                return null;
            } catch (CancelledError e) {
                log(name, how);
                if (how.equals("leaves")) {
                    throw e;
                }
                await(sleep(ms(5)));
                return "stayed";
            }
        });
    }

    @Test
    void group_task_fails() {
        check("group_task_fails", () -> {
            Task<?> me = me();
            List<Task<Void>> tasks = new ArrayList<>();
            try {
                inGroup(group -> {
                    tasks.add(group.createTask(lingeringJob("slow", ms(50), false)));
                    tasks.add(group.createTask(lingeringJob("bad", ms(10), true)));
                    tasks.add(group.createTask(lingeringJob("quick", ms(5), false)));
                    try {
                        await(sleep(ms(30)));
                        log("never here");
                    } catch (CancelledError e) {
                        log("body gets", e, "cancelling", me.cancelling());
                        throw e;
                    }
                });
            } catch (ExceptionGroup e) {
                log(
                        e,
                        "cancelling",
                        me.cancelling(),
                        "tasks cancelled",
                        tasks.stream().map(Future::isCancelled).toList());
            }
            try {
                inGroup(group -> {
                    group.createTask(lingeringJob("late", ms(20), true));
                    group.createTask(lingeringJob("other", ms(50), false));
                    log("body ends first");
                });
            } catch (ExceptionGroup e) {
                log(e, "cancelling", me.cancelling());
            }
            await(sleep(ms(1)));
            log("end");
        });
    }

    private Coroutine<Void> lingeringJob(String name, Duration delay, boolean fails) {
        return asyncDo(() -> {
            try {
                await(sleep(delay));
                log(name, fails ? "fails" : "ends");
                if (fails) {
                    throw new Boom(name);
                }
            } catch (CancelledError e) {
                log(name, "gets", e);
                await(sleep(ms(5)));
                log(name, "leaves");
                throw e;
            }
        });
    }
}
