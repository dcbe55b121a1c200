package io.github.jasyncio.internal.observers;

import io.github.jasyncio.internal.introspection.DumpTaker;
import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.introspection.EventLoopsMXBean;

/** What JMX clients see of all loops. Thread-safe. */
public final class LoopsBean implements EventLoopsMXBean {

    @Override
    public int getCount() {
        return Loops.open().size();
    }

    @Override
    public String dump() {
        return DumpTaker.takeAll().toString();
    }

    @Override
    public String dumpAsJson() {
        return DumpTaker.takeAll().toJson();
    }

    @Override
    public String ps() {
        return DumpTaker.takeAll().toTable();
    }

    @Override
    public String pstree() {
        return DumpTaker.takeAll().toTree();
    }
}
