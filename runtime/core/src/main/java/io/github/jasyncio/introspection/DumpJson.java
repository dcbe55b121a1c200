package io.github.jasyncio.introspection;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The form for programs: JSON (RFC 8259) on one line, ASCII only. */
final class DumpJson {

    private final StringBuilder json = new StringBuilder();

    private DumpJson() {}

    static String of(Dump dump) {
        DumpJson writer = new DumpJson();
        writer.json.append("{\"loops\":");
        writer.array(dump.loops(), writer::loop);
        return writer.json.append('}').toString();
    }

    private void loop(LoopDump loop) {
        json.append("{\"id\":").append(loop.id()).append(",\"thread\":");
        string(loop.thread());
        json.append(",\"answered\":").append(loop.answered()).append(",\"threadStack\":");
        array(loop.threadStack(), this::place);
        json.append(",\"ready\":").append(loop.ready());
        json.append(",\"scheduled\":").append(loop.scheduled());
        json.append(",\"turns\":").append(loop.turns());
        json.append(",\"taskCount\":").append(loop.taskCount()).append(",\"tasks\":");
        array(loop.tasks(), this::task);
        json.append('}');
    }

    private void task(TaskDump task) {
        json.append("{\"id\":").append(task.id()).append(",\"name\":");
        string(task.name());
        json.append(",\"state\":");
        string(task.state());
        json.append(",\"waitsFor\":");
        string(task.waitsFor());
        json.append(",\"stack\":");
        array(task.stack(), this::place);
        json.append(",\"awaitedBy\":");
        array(task.awaitedBy(), this::awaiter);
        json.append('}');
    }

    private void awaiter(TaskDump.Awaiter awaiter) {
        json.append("{\"id\":").append(awaiter.id()).append(",\"name\":");
        string(awaiter.name());
        json.append('}');
    }

    private void place(StackTraceElement place) {
        json.append("{\"class\":");
        string(place.getClassName());
        json.append(",\"method\":");
        string(place.getMethodName());
        json.append(",\"file\":");
        string(place.getFileName());
        json.append(",\"line\":").append(place.getLineNumber() < 0 ? "null" : place.getLineNumber());
        json.append('}');
    }

    private <T> void array(Collection<T> elements, Consumer<T> write) {
        String separator = "[";
        for (T element : elements) {
            json.append(separator);
            write.accept(element);
            separator = ",";
        }
        json.append(elements.isEmpty() ? "[]" : "]");
    }

    private void string(@Nullable String text) {
        if (text == null) {
            json.append("null");
            return;
        }
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                json.append(c);
            } else {
                json.append(String.format("\\u%04x", (int) c));
            }
        }
        json.append('"');
    }
}
