package io.github.jasyncio.testing.launchers;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.testing.AsyncTest;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests that run at the same time have a loop and a network each. */
class ParallelTest {

    private static final Set<EventLoop> LOOPS = ConcurrentHashMap.newKeySet();

    /** All four are there at the same time, or none goes on. */
    private static final CountDownLatch ALL = new CountDownLatch(4);

    /** Run by the test below. */
    static class Cases {

        private static void meet() throws InterruptedException {
            LOOPS.add(getRunningLoop());
            ALL.countDown();
            ALL.await();
        }

        @AsyncTest
        void sleeps() throws InterruptedException {
            await(sleep(Duration.ofDays(1)));
            meet();
            await(sleep(Duration.ofDays(1)));
            assertThat(getRunningLoop().time()).isEqualTo(Duration.ofDays(2).toNanos());
        }

        @AsyncTest
        void serves(SimulatedNetwork network) throws Exception {
            serves(network, "one");
            meet();
            await(runs(network));
        }

        @AsyncTest
        void serves_the_same(SimulatedNetwork network) throws Exception {
            serves(network, "other");
            meet();
            await(runs(network));
        }

        private static void serves(SimulatedNetwork network, String name) {
            assertThat(network.host(name).name()).isEqualTo(name);
            assertThat(network.hosts()).containsExactly(name);
        }

        @Async
        private static Coroutine<Void> runs(SimulatedNetwork network) throws IOException {
            Server server = await(network.host("server")
                    .run(() -> startServer(
                            (reader, writer) -> {
                                writer.close();
                                return Coroutine.done();
                            },
                            null,
                            80)));
            server.close();
            return server.waitClosed();
        }

        @AsyncTest
        void sleeps_too() throws InterruptedException {
            meet();
            await(sleep(Duration.ofDays(3)));
            assertThat(getRunningLoop().time()).isEqualTo(Duration.ofDays(3).toNanos());
        }
    }

    @Test
    void four_tests_at_the_same_time() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Cases.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(4).failed(0));

        assertThat(LOOPS).hasSize(4);
    }
}
