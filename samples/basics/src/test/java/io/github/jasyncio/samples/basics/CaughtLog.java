package io.github.jasyncio.samples.basics;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger is told while this is open; it reaches nobody else. */
final class CaughtLog extends Handler implements AutoCloseable {

    /** Held, because logging itself holds loggers weakly. */
    private final Logger logger;

    private final boolean usedParents;
    private final List<String> messages = new ArrayList<>();

    CaughtLog(String name) {
        logger = Logger.getLogger(name);
        usedParents = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public synchronized void publish(LogRecord record) {
        messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(usedParents);
    }
}
