package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.internal.loop.Watching;
import io.github.jasyncio.internal.observers.Jmx;
import io.github.jasyncio.introspection.EventLoopMXBean;
import io.github.jasyncio.introspection.EventLoopsMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What JMX clients see. */
@NullUnmarked // null is tested as well
class JmxTest extends LoopTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private ObjectName name() throws Exception {
        return new ObjectName(
                "io.github.jasyncio:type=EventLoop,id=" + loop.inside().id());
    }

    private EventLoopMXBean bean() throws Exception {
        Jmx.show(List.of(loop.inside()));
        return JMX.newMXBeanProxy(server, name(), EventLoopMXBean.class);
    }

    @Test
    void a_loops_numbers_are_those_of_the_moment() throws Exception {
        EventLoopMXBean bean = bean();
        Task<Void> task = loop.createTask(sleep(ms(5)), "sleeper");
        loop.callSoon(() -> {
            log(
                    bean.isRunning(),
                    bean.getThreadName().equals(Thread.currentThread().getName()));
            log(bean.getReady(), bean.getScheduled(), bean.getTasks(), bean.getTurns());
        });

        assertThat(bean.getReady()).isEqualTo(2);
        turns(1);

        assertThat(trace).containsExactly("0 true true", "0 0 1 1 1");
        assertThat(bean.getId()).isEqualTo(loop.inside().id());
        assertThat(bean.isRunning()).isFalse();
        assertThat(bean.getThreadName()).isNull();
        assertThat(bean.dump())
                .isEqualTo("Event loop " + loop.inside().id()
                        + ", not running: 0 ready, 1 scheduled, 1 task, 1 turn\n  Task 'sleeper' waiting for a sleep\n"
                        + "    at io.github.jasyncio.Asyncio.sleep(Asyncio.java)\n");
        assertThat(bean.dumpAsJson())
                .startsWith("{\"loops\":[{\"id\":" + loop.inside().id() + ",");
        run(task);
    }

    @Test
    void steps_are_measured_while_somebody_asks_for_it() throws Exception {
        EventLoopMXBean bean = bean();
        loop.callSoon(() -> {});
        turns(1);
        assertThat(bean.isMeasuring()).isFalse();
        assertThat(bean.getSlowestStepMillis()).isEqualTo(-1);

        bean.setMeasuring(true);
        loop.callSoon(() -> log("measured"));
        turns(1);

        assertThat(trace).containsExactly("0 measured");
        assertThat(bean.isMeasuring()).isTrue();
        assertThat(bean.getSlowestStepMillis()).isPositive();
        bean.setMeasuring(false);
        bean.setMeasuring(true);
        assertThat(bean.getSlowestStepMillis()).isEqualTo(-1);
        bean.setMeasuring(false);
        assertThat(Watching.isOn()).isEqualTo(Watching.isRecording());
    }

    @Test
    void a_loop_that_is_closed_is_not_there_any_more() throws Exception {
        EventLoopMXBean bean = bean();
        bean.setMeasuring(true);

        loop.close();

        assertThat(Watching.isOn()).isEqualTo(Watching.isRecording());
        assertThat(server.isRegistered(name())).isFalse();
        assertThatThrownBy(bean::getTurns).hasRootCauseInstanceOf(InstanceNotFoundException.class);
        Jmx.show(List.of(loop.inside()));
        assertThat(server.isRegistered(name())).isFalse();
    }

    @Test
    void one_bean_tells_of_all_loops() throws Exception {
        Jmx.show(List.of(loop.inside()));
        EventLoopsMXBean all = JMX.newMXBeanProxy(
                server, new ObjectName("io.github.jasyncio:type=EventLoops"), EventLoopsMXBean.class);

        assertThat(all.getCount()).isEqualTo(Loops.open().size());
        assertThat(all.dump()).contains("Event loop " + loop.inside().id() + ", not running:");
        assertThat(all.dumpAsJson()).contains("{\"id\":" + loop.inside().id() + ",");
        assertThat(all.ps()).contains("LOOP  TASK  NAME");
        assertThat(all.pstree()).contains("Event loop " + loop.inside().id() + ", not running:");
    }
}
