package io.github.jasyncio.internal.observers;

import io.github.jasyncio.internal.introspection.DumpTaker;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.introspection.Dump;
import io.github.jasyncio.introspection.EventLoopMXBean;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JMX clients see of a loop. Holds it weakly: to be seen must not keep it alive. Thread-safe. */
public final class LoopBean implements EventLoopMXBean {

    private final long id;
    private final WeakReference<LoopView> reference;

    public LoopBean(LoopView loop) {
        this.id = loop.id();
        this.reference = new WeakReference<>(loop);
    }

    /** Null when it is garbage. */
    @Nullable
    public LoopView loop() {
        return reference.get();
    }

    private LoopView present() {
        LoopView loop = reference.get();
        if (loop == null) {
            throw new IllegalStateException("event loop " + id + " is gone, without having been closed");
        }
        return loop;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public boolean isRunning() {
        return present().isRunning();
    }

    @Override
    public @Nullable String getThreadName() {
        Thread thread = present().thread();
        return thread == null ? null : thread.getName();
    }

    @Override
    public int getReady() {
        return present().ready();
    }

    @Override
    public int getScheduled() {
        return present().scheduled();
    }

    @Override
    public int getTasks() {
        return present().taskCount();
    }

    @Override
    public long getTurns() {
        return present().turns();
    }

    @Override
    public double getSlowestStepMillis() {
        return present().stepClock().slowestMillis();
    }

    @Override
    public boolean isMeasuring() {
        return present().stepClock().isOn();
    }

    @Override
    public void setMeasuring(boolean measuring) {
        present().stepClock().set(measuring);
    }

    @Override
    public String dump() {
        return taken().toString();
    }

    @Override
    public String dumpAsJson() {
        return taken().toJson();
    }

    private Dump taken() {
        return DumpTaker.take(List.of(present()), DumpTaker.PATIENCE);
    }
}
