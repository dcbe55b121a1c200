package io.github.jasyncio.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the logger {@code jasyncio} is told while this is open, as {@code LEVEL message}; it reaches nobody else. Thread-safe. */
final class Logged extends Handler implements AutoCloseable {

    /** Held, because logging itself holds loggers weakly. */
    private final Logger logger = Logger.getLogger("jasyncio");

    private final List<String> messages = new ArrayList<>();

    Logged() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /** True if such a message has come. */
    synchronized boolean has(Predicate<String> message) {
        return messages.stream().anyMatch(message);
    }

    @Override
    public synchronized void publish(LogRecord report) {
        messages.add(report.getLevel() + " " + report.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
