package io.github.jasyncio.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Calls that are known to stall an event loop, and what to do instead: those of the list {@code blocking-calls.txt} beside this class, and those that a user
 * adds. Immutable.
 */
public final class BlockingCalls {

    private static final String LIST = "blocking-calls.txt";
    private static final String TO_THREAD = "Run it in a thread of its own: await(toThread(() -> ...)).";
    private static final Pattern LINE = Pattern.compile("([\\w$.]+)\\.([\\w$]+)(?:\\s+(.+))?");

    private static final BlockingCalls KNOWN = new BlockingCalls(Map.of());

    /** Those that a user added, as {@code java/lang/Thread.sleep}. */
    private final Map<String, String> added;

    private BlockingCalls(Map<String, String> added) {
        this.added = added;
    }

    /** Those of the list that we bring along. */
    public static BlockingCalls known() {
        return KNOWN;
    }

    /**
     * The same and those of another list. Each line names a method as {@code shop.Dao$Session.load}; behind it may stand what to do instead. Empty lines and
     * those that begin with {@code #} are comments.
     *
     * @param name of the list, for messages
     * @throws IllegalArgumentException if a line is something else
     */
    public static BlockingCalls knownAnd(String list, String name) {
        return new BlockingCalls(parse(list, name));
    }

    private static Map<String, String> parse(String list, String name) {
        Map<String, String> remedies = new HashMap<>();
        int number = 0;
        for (String line : list.lines().toList()) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(content);
            if (!parts.matches()) {
                throw new IllegalArgumentException(name + ":" + number + ": '" + content
                        + "' names no method; write its class, a dot and its name, and behind it what to do instead:"
                        + " shop.Dao.load Use shop.AsyncDao.");
            }
            String remedy = parts.group(3);
            remedies.put(parts.group(1).replace('.', '/') + "." + parts.group(2), remedy == null ? TO_THREAD : remedy);
        }
        return remedies;
    }

    /** What to do instead, if {@code call} is one of them. */
    Optional<String> remedy(MethodInsnNode call) {
        String method = call.owner + "." + call.name;
        String remedy = added.get(method);
        return Optional.ofNullable(remedy != null ? remedy : OurList.REMEDIES.get(method));
    }

    /** Read when the first call is looked up: a program without async methods shall not pay for it. */
    private static final class OurList {

        static final Map<String, String> REMEDIES = read();

        private static Map<String, String> read() {
            try (InputStream in = BlockingCalls.class.getResourceAsStream(LIST)) {
                if (in == null) {
                    throw new IllegalStateException(LIST + " is missing beside " + BlockingCalls.class.getName());
                }
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), LIST);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
