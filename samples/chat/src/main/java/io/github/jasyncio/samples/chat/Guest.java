package io.github.jasyncio.samples.chat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One who is here: has a nickname, is in a room, and is told things. */
final class Guest {

    private final Outbox outbox;
    private String nickname;
    private @Nullable Room room;

    Guest(String nickname, Outbox outbox) {
        this.nickname = nickname;
        this.outbox = outbox;
    }

    String nickname() {
        return nickname;
    }

    void setNickname(String nickname) {
        this.nickname = nickname;
    }

    Room room() {
        return Objects.requireNonNull(room, "the guest has left");
    }

    void setRoom(@Nullable Room room) {
        this.room = room;
    }

    /** Never waits. */
    void tell(String line) {
        outbox.put(line);
    }

    @Override
    public String toString() {
        return nickname;
    }
}
