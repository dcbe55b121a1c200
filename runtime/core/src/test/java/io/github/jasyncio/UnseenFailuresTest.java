package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure at which nobody looks is reported when its future is garbage, however the two hang together. */
@NullUnmarked // as free as a test
class UnseenFailuresTest extends LoopTest {

    private final List<Object> exceptions = new ArrayList<>();

    private static final class Own extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Object held;

        Own(Object held) {
            super("own");
            this.held = held;
        }

        Object held() {
            return held;
        }
    }

    static Stream<Named<Function<Future<?>, Throwable>>> failures() {
        return Stream.of(
                Named.of("that refers to nothing", future -> new IOException("plain")),
                Named.of("that refers to its future", Own::new),
                Named.of("by way of a list", future -> new Own(new ArrayList<>(List.of(future)))),
                Named.of("whose cause does", future -> new IllegalStateException("caused", new Own(future))),
                Named.of("by what it has suppressed", future -> {
                    IOException failure = new IOException("suppressing");
                    failure.addSuppressed(new Own(future));
                    return failure;
                }),
                Named.of("in a group", future -> new ExceptionGroup("group", List.of(new Own(future)))),
                Named.of("of an anonymous class", future -> new RuntimeException("anonymous") {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        return "anonymous" + future.isDone();
                    }
                }));
    }

    @ParameterizedTest(name = "a failure {0}")
    @MethodSource("failures")
    void a_dropped_future_is_reported_and_collected(Function<Future<?>, Throwable> failure) throws Exception {
        loop.setExceptionHandler((lp, context) -> {
            reports.add((String) context.get("message"));
            exceptions.add(context.get("exception").toString());
        });
        WeakReference<?> dropped = fail(failure);

        for (int i = 0; i < 100 && !(dropped.refersTo(null) && !reports.isEmpty()); i++) {
            System.gc();
            turns(1);
        }

        assertThat(dropped.refersTo(null)).isTrue();
        assertThat(reports).containsExactly("Future exception was never retrieved");
        assertThat(exceptions).containsExactly(failure.apply(doneFuture()).toString());
        reports.clear();
    }

    private WeakReference<?> fail(Function<Future<?>, Throwable> failure) {
        Future<Object> future = loop.createFuture();
        future.setException(failure.apply(future));
        return new WeakReference<>(future);
    }

    private Future<Object> doneFuture() {
        Future<Object> future = loop.createFuture();
        future.cancel();
        return future;
    }

    @Test
    void one_that_is_kept_through_collections_is_still_itself() throws Exception {
        Future<Object> future = loop.createFuture();
        Own own = new Own(future);
        future.setException(own);
        for (int i = 0; i < 5; i++) {
            System.gc();
            turns(1);
        }

        assertThat(reports).isEmpty();
        assertThat(future.exception()).isSameAs(own);
        assertThat(own.held()).isSameAs(future);
        turns(1);
    }

    @Test
    void one_that_is_kept_until_the_loop_is_closed_is_reported_itself() throws Exception {
        loop.setExceptionHandler((lp, context) -> exceptions.add(context.get("exception")));
        Future<Object> future = loop.createFuture();
        Own own = new Own(future);
        future.setException(own);
        for (int i = 0; i < 5; i++) {
            System.gc();
            turns(1);
        }

        loop.close();

        assertThat(exceptions).containsExactly(own);
        assertThat(future.isDone()).isTrue();
    }
}
