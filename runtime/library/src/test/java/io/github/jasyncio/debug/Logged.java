package io.github.jasyncio.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the logger {@code jasyncio} is told while this is open, as {@code LEVEL message}; it reaches nobody else. Thread-safe. */
public final class Logged extends Handler implements AutoCloseable {

    /** Held, because logging itself holds loggers weakly. */
    private final Logger logger = Logger.getLogger("jasyncio");

    private final List<String> messages = new ArrayList<>();

    private String words = "";
    private Runnable reaction = () -> {};

    /** Listens from now on. */
    public Logged() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** In their order. */
    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /** True if such a message has come. */
    public synchronized boolean has(Predicate<String> message) {
        return messages.stream().anyMatch(message);
    }

    /** Lets {@code reaction} run, on the thread that logs, whenever a message has come in which {@code words} are. */
    synchronized void onMessage(String words, Runnable reaction) {
        this.words = words;
        this.reaction = reaction;
    }

    @Override
    public synchronized void publish(LogRecord report) {
        messages.add(report.getLevel() + " " + report.getMessage());
        if (report.getMessage().contains(words)) {
            reaction.run();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
