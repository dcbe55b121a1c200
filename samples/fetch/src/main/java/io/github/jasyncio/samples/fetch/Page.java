package io.github.jasyncio.samples.fetch;

import java.net.URI;
import java.time.Duration;

/**
 * A page, and what is known of it so far.
 *
 * @param url where it is
 * @param state how far it is
 * @param status the server's answer; 0 means none
 * @param bytes the length of the answer's body
 * @param time from the connection to the last byte, or to the failure
 * @param remark what there is to say beside, in words; empty if nothing
 */
record Page(URI url, State state, int status, long bytes, Duration time, String remark) {

    // WAITING --running--> RUNNING --answered--> GOOD, or FAILED if the server says so
    //                         '-----failed-----> FAILED
    enum State {
        WAITING,
        RUNNING,
        GOOD,
        FAILED
    }

    private static final int STATUS_CLASS = 100;
    private static final int SUCCESS = 2;

    static Page waiting(URI url) {
        return new Page(url, State.WAITING, 0, 0, Duration.ZERO, "not begun");
    }

    Page running() {
        return new Page(url, State.RUNNING, 0, 0, Duration.ZERO, "not finished");
    }

    Page answered(int status, long bytes, Duration time) {
        // A redirection that is left after the client has followed all it may is no page either.
        State state = status / STATUS_CLASS == SUCCESS ? State.GOOD : State.FAILED;
        return new Page(url, state, status, bytes, time, "");
    }

    Page failed(String reason, Duration time) {
        return new Page(url, State.FAILED, 0, 0, time, reason);
    }

    boolean isGood() {
        return state == State.GOOD;
    }

    boolean isDone() {
        return state == State.GOOD || state == State.FAILED;
    }
}
