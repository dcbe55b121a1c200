package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.sync.Queue;
import io.github.jasyncio.sync.QueueShutDownException;

/**
 * What one guest has still to be told. Who reads slowly holds nobody up: putting something in never waits, and when the outbox is full the oldest line goes, so
 * that it costs the server no more memory than this. What was left out is said where it would have stood.
 */
final class Outbox {

    /** Many enough for a pause of the network, few enough for thousands of guests. */
    static final int CAPACITY = 100;

    private final Queue<String> lines = new Queue<>(CAPACITY);
    private int leftOut;
    private boolean isClosed;

    /** Adds a line, unless the outbox is closed. */
    void put(String line) {
        if (isClosed) {
            return;
        }
        if (lines.isFull()) {
            lines.getNowait();
            leftOut++;
        }
        lines.putNowait(line);
    }

    /** No more is added; what is in it is still taken out. */
    void close() {
        isClosed = true;
        lines.shutdown();
    }

    /** Takes line by line out, waiting where there is none, until it is closed and empty. */
    @Async
    AsyncGenerator<String> lines() {
        while (true) {
            String line;
            try {
                line = await(lines.get());
            } catch (QueueShutDownException e) {
                return AsyncGenerator.done();
            }
            if (leftOut > 0) {
                String note = "* you read too slowly: " + leftOut + " lines were left out";
                leftOut = 0;
                emit(note);
            }
            emit(line);
        }
    }
}
