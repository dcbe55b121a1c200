package io.github.jasyncio.agent.attach;

/** The form of a dump. The names are those of the MXBean's operations. */
public enum DumpForm {

    /** A row for each task. */
    ps("toTable"),

    /** The await graph. */
    pstree("toTree");

    private final String method;

    DumpForm(String method) {
        this.method = method;
    }

    /** The method of {@code io.github.jasyncio.introspection.Dump} that makes it. */
    String method() {
        return method;
    }
}
