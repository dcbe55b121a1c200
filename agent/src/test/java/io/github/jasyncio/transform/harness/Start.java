package io.github.jasyncio.transform.harness;

/** How a coroutine is started, and who drives it to its end. */
enum Start {
    /** As an await does it: the handle starts a body that has no frame yet. */
    BY_AWAIT("started by await"),

    /** As a task does it: the handle is the frame. */
    IN_PLACE("started in place"),

    /** A task of a loop of virtual time. */
    AS_TASK("as a task, in virtual time");

    private final String description;

    Start(String description) {
        this.description = description;
    }

    @Override
    public String toString() {
        return description;
    }
}
