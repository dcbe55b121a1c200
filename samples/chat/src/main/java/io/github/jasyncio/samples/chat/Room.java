package io.github.jasyncio.samples.chat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is in it hears what is said in it. */
final class Room {

    private final String name;
    private final Set<Guest> guests = new LinkedHashSet<>();

    Room(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void enter(Guest guest) {
        tellAll("* " + guest + " comes in");
        guests.add(guest);
        guest.setRoom(this);
        guest.tell("* you are in " + name + ", with " + who());
    }

    void leave(Guest guest) {
        guests.remove(guest);
        guest.setRoom(null);
        tellAll("* " + guest + " goes");
    }

    boolean isEmpty() {
        return guests.isEmpty();
    }

    /** For example {@code ann and bob}. */
    String who() {
        return guests.stream().map(Guest::nickname).sorted().collect(Collectors.joining(", "));
    }

    void tellAll(String line) {
        guests.forEach(guest -> guest.tell(line));
    }
}
