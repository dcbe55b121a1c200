package io.github.jasyncio.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.samples.benchmarks.costs.DebugModes;
import io.github.jasyncio.samples.benchmarks.costs.EagerKind;
import io.github.jasyncio.samples.benchmarks.costs.FutureAwait;
import io.github.jasyncio.samples.benchmarks.costs.InterfaceAwait;
import io.github.jasyncio.samples.benchmarks.costs.Traces;
import io.github.jasyncio.samples.benchmarks.costs.TransformThousand;
import io.github.jasyncio.samples.benchmarks.costs.WithoutDebugSupport;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variants whose times are compared do the same. */
class CostsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void awaiting_through_an_interface_comes_to_what_calling_does(int implementations) {
        InterfaceAwait cost = new InterfaceAwait();
        cost.implementations = implementations;
        cost.makeSteps();

        assertThat(cost.awaited()).isEqualTo(cost.call()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void awaiting_a_stage_comes_to_what_awaiting_a_future_does(FutureAwait.Done done) {
        FutureAwait cost = new FutureAwait();
        cost.done = done;

        assertThat(cost.stage()).isEqualTo(cost.future()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"READY", "YIELD"})
    void the_eager_kind_comes_to_what_ea_async_does(Workload workload) {
        EagerKind cost = new EagerKind();
        cost.workload = workload;

        assertThat(cost.ours()).isEqualTo(cost.eaAsync()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void debug_mode_comes_to_the_same(DebugModes.Work work) {
        DebugModes cost = new DebugModes();
        cost.work = work;
        cost.make();

        assertThat(cost.on()).isEqualTo(cost.off()).isPositive();
        assertThat(cost.offAgain()).isEqualTo(cost.on());
        assertThat(cost.withoutSupport()).isEqualTo(cost.on());

        cost.close();
    }

    @Test
    void without_support_nothing_can_switch_debug_mode_on() throws Exception {
        Object work = WithoutDebugSupport.work("READY");

        ClassLoader loader = work.getClass().getClassLoader();
        Class<?> debugMode = loader.loadClass("io.github.jasyncio.internal.DebugMode");
        assertThat(debugMode.getClassLoader())
                .isSameAs(loader)
                .isNotSameAs(getClass().getClassLoader());
        assertThat(debugMode.getDeclaredField("isOn").getModifiers())
                .satisfies(m -> assertThat(Modifier.isFinal(m)).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void every_way_of_failing_fails_each_time(Traces.Way way) {
        Traces cost = new Traces();
        cost.way = way;

        assertThat(cost.on()).isEqualTo(cost.off()).isEqualTo(1024);
    }

    @Test
    void async_classes_are_rewritten_and_others_are_not() throws Exception {
        TransformThousand cost = new TransformThousand();
        cost.readClasses();

        assertThat(cost.allAsync()).isGreaterThan(cost.noneAsync());
    }
}
