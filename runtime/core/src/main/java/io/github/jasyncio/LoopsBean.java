package io.github.jasyncio;

import io.github.jasyncio.introspection.EventLoopsMXBean;

/** What JMX clients see of all loops. Thread-safe. */
final class LoopsBean implements EventLoopsMXBean {

    @Override
    public int getCount() {
        return Loops.open().size();
    }

    @Override
    public String dump() {
        return Asyncio.dump().toString();
    }

    @Override
    public String dumpAsJson() {
        return Asyncio.dump().toJson();
    }

    @Override
    public String ps() {
        return Asyncio.dump().toTable();
    }

    @Override
    public String pstree() {
        return Asyncio.dump().toTree();
    }
}
