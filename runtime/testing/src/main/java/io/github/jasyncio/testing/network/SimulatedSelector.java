package io.github.jasyncio.testing.network;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks which simulated channels are ready. What makes them so runs on the loop that selects: so it waits for nothing but wake-ups. */
final class SimulatedSelector extends AbstractSelector {

    private final Set<SelectionKey> keys = new LinkedHashSet<>();
    private final Set<SelectionKey> selected = new LinkedHashSet<>();

    /** Those that were ready at the last look, and those of which something may have changed since. */
    private final Set<Key> doubtful = new LinkedHashSet<>();

    private volatile boolean isWoken;
    private volatile @Nullable Thread waiting;

    SimulatedSelector(SelectorProvider provider) {
        super(provider);
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        if (!(channel instanceof Simulated simulated)) {
            throw new IllegalArgumentException(
                    "the loop is on a simulated network, and this is a channel of another one: " + channel
                            + "\n    open it with network.provider(), or use openConnection, createServer and the like");
        }
        Key key = new Key(this, channel, simulated);
        key.attach(attachment);
        key.interestOps(ops);
        keys.add(key);
        doubtful.add(key);
        simulated.bell().isHeardBy(() -> doubtful.add(key));
        return key;
    }

    @Override
    public int selectNow() {
        checkOpen();
        letGo();
        int found = 0;
        for (Iterator<Key> all = doubtful.iterator(); all.hasNext(); ) {
            Key key = all.next();
            if (key.isValid() && key.look()) {
                selected.add(key);
                found++;
            } else {
                all.remove();
            }
        }
        isWoken = false;
        return found;
    }

    @Override
    public int select(long timeoutMillis) {
        checkOpen();
        letGo();
        boolean isAnythingReady = doubtful.stream().anyMatch(key -> key.isValid() && key.look());
        if (!isAnythingReady) {
            await(timeoutMillis);
        }
        return selectNow();
    }

    private void await(long timeoutMillis) {
        waiting = Thread.currentThread();
        long end =
                timeoutMillis == 0 ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!isWoken && !Thread.currentThread().isInterrupted()) {
            long left = end == Long.MAX_VALUE ? Long.MAX_VALUE : end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        waiting = null;
    }

    @Override
    public int select() {
        return select(0);
    }

    // The JDK's own make a copy of the set that has another order each time.

    @Override
    public int selectNow(Consumer<SelectionKey> action) {
        selected.clear();
        selectNow();
        return hand(action);
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeoutMillis) {
        selected.clear();
        select(timeoutMillis);
        return hand(action);
    }

    @Override
    public int select(Consumer<SelectionKey> action) {
        return select(action, 0);
    }

    private int hand(Consumer<SelectionKey> action) {
        List<SelectionKey> ready = List.copyOf(selected);
        selected.clear();
        ready.forEach(action);
        return ready.size();
    }

    @Override
    public Selector wakeup() {
        isWoken = true;
        LockSupport.unpark(waiting);
        return this;
    }

    private void letGo() {
        Set<SelectionKey> cancelled = cancelledKeys();
        synchronized (cancelled) {
            for (SelectionKey key : cancelled) {
                keys.remove(key);
                selected.remove(key);
                doubtful.remove((Key) key);
                deregister((AbstractSelectionKey) key);
            }
            cancelled.clear();
        }
    }

    private void checkOpen() {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
    }

    @Override
    protected void implCloseSelector() throws IOException {
        wakeup();
        keys.forEach(key -> deregister((AbstractSelectionKey) key));
        keys.clear();
        selected.clear();
        doubtful.clear();
    }

    @Override
    public Set<SelectionKey> keys() {
        checkOpen();
        return Collections.unmodifiableSet(keys);
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        checkOpen();
        return selected;
    }

    private static final class Key extends AbstractSelectionKey {

        private final SimulatedSelector selector;
        private final AbstractSelectableChannel channel;
        private final Simulated simulated;
        private int interest;
        private int ready;

        Key(SimulatedSelector selector, AbstractSelectableChannel channel, Simulated simulated) {
            this.selector = selector;
            this.channel = channel;
            this.simulated = simulated;
        }

        boolean look() {
            ready = simulated.readyOps() & interest;
            return ready != 0;
        }

        @Override
        public AbstractSelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return selector;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            selector.doubtful.add(this);
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }
    }
}
