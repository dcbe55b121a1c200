package io.github.jasyncio.testing.junit;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.EntryPoint;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.SimulatedNetwork;
import io.github.jasyncio.testing.exploration.LastSteps;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The loop of one test, from before its {@code @BeforeEach} methods until after its {@code @AfterEach} methods. The bodies of all async methods that are called
 * in between run on it, one after the other.
 */
public final class TestLoop {

    private final Settings settings;
    private final Unheard unheard = new Unheard();
    private final Runner runner;
    private final LeftBehind left;
    private final TestNetwork network;
    private @Nullable LoopView view;
    private boolean hasRun;

    /** Makes it; its loop is made when something runs on it. */
    public TestLoop(Settings settings) {
        this.settings = settings;
        this.left = new LeftBehind(settings.mayLeave());
        this.network = new TestNetwork(settings.seed());
        this.runner = Runner.builder().loopFactory(this::newLoop).build();
    }

    private EventLoop newLoop() {
        EventLoop loop =
                EventLoop.builder().virtualTime().network(network).debug(true).build();
        loop.setExceptionHandler(unheard);
        LoopView made = Views.of(loop);
        made.tellComplaints(left::complain);
        made.tellWhenStill(network::standsStill);
        view = made;
        return loop;
    }

    /** The simulated network of the test, which its loop is on from now on. */
    public SimulatedNetwork network() {
        return network.simulated();
    }

    /** Runs {@code @BeforeAll} or {@code @AfterAll}, on a loop that ends with it. */
    public static void alone(Settings settings, Invocation<Void> invocation) throws Throwable {
        TestLoop loop = new TestLoop(settings);
        try {
            loop.call(invocation);
        } catch (Throwable t) {
            loop.end(true);
            throw t;
        }
        loop.end(false);
    }

    /** Calls a method of the test's whose async body, if it has one, then runs here. */
    public void call(Invocation<Void> invocation) throws Throwable {
        if (settings.explores()) {
            invocation.skip(); // each run does it for itself
            return;
        }
        called(invocation::proceed);
    }

    /** Runs the test itself, once or under many orders. */
    public void test(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (settings.explores()) {
            invocation.skip();
            new ExploredTest(settings, method, context, network).run();
            return;
        }
        called(invocation::proceed);
        Rewriting.check(hasRun, context);
    }

    private void called(Stage stage) throws Throwable {
        Consumer<Coroutine<?>> before = EntryPoint.runTestsBy(this::run);
        try {
            stage.run();
        } finally {
            EntryPoint.runTestsBy(before);
        }
    }

    private void run(Coroutine<?> body) {
        hasRun = true;
        try (RealTimeLimit limit = RealTimeLimit.begin(settings.realTimeout(), runner.loop())) {
            limit.run(() -> runner.run(VirtualTimeLimit.on(body, settings.timeout())));
        }
    }

    /**
     * Closes the loop, and throws if anything was left behind.
     *
     * @param hasFailed whether the test has failed: then what it left is no news
     */
    public void end(boolean hasFailed) {
        if (!hasRun) {
            return;
        }
        LoopView view = this.view;
        try (RealTimeLimit limit = RealTimeLimit.begin(settings.realTimeout(), runner.loop())) {
            limit.run(() -> {
                if (!hasFailed && view != null) {
                    runner.run(LastSteps.take());
                    left.look(runner.loop(), view);
                }
                runner.close();
            });
        }
        if (!settings.mayLeave().contains(Leftover.FAILURES)) {
            unheard.check(left);
        }
        if (!hasFailed) {
            left.check();
        }
    }
}
