package io.github.jasyncio.samples.chat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rooms and all guests. Nothing here waits, so between two awaits of a conversation nobody else changes anything: no lock is needed, and a nickname that is
 * free when one looks is free still when one takes it.
 */
final class House {

    /** Where everybody begins. */
    static final String LOBBY = "lobby";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,20}");

    private final Map<String, Guest> guests = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Room> rooms = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Why somebody cannot be called so; null if nothing speaks against it. */
    @Nullable
    String objectionTo(String nickname) {
        if (!NAME.matcher(nickname).matches()) {
            return "! a name has up to 20 letters, digits, - and _";
        }
        return guests.containsKey(nickname) ? "! there is a " + nickname + " already" : null;
    }

    /** Lets somebody in whose nickname nothing speaks against. */
    Guest enter(String nickname, Outbox outbox) {
        Guest guest = new Guest(nickname, outbox);
        guests.put(nickname, guest);
        room(LOBBY).enter(guest);
        return guest;
    }

    void leave(Guest guest) {
        if (guests.remove(guest.nickname(), guest)) {
            leaveRoom(guest);
        }
    }

    void rename(Guest guest, String nickname) {
        String objection = nickname.equalsIgnoreCase(guest.nickname()) ? null : objectionTo(nickname);
        if (objection != null) {
            guest.tell(objection);
            return;
        }
        guests.remove(guest.nickname());
        guests.put(nickname, guest);
        guest.room().tellAll("* " + guest + " is " + nickname + " now");
        guest.setNickname(nickname);
    }

    void move(Guest guest, String room) {
        if (!NAME.matcher(room).matches()) {
            guest.tell("! a room's name has up to 20 letters, digits, - and _");
        } else if (!room.equalsIgnoreCase(guest.room().name())) {
            leaveRoom(guest);
            room(room).enter(guest);
        }
    }

    private void leaveRoom(Guest guest) {
        Room room = guest.room();
        room.leave(guest);
        if (room.isEmpty()) {
            rooms.remove(room.name());
        }
    }

    private Room room(String name) {
        return rooms.computeIfAbsent(name, Room::new);
    }

    /** For example {@code garden (ann), lobby (bob, carl)}. */
    String overview() {
        return rooms.values().stream()
                .map(room -> room.name() + " (" + room.who() + ")")
                .collect(Collectors.joining(", "));
    }

    int size() {
        return guests.size();
    }
}
