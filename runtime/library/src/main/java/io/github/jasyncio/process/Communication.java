package io.github.jasyncio.process;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** All that a program has said. Semantics: the pair that {@code Process.communicate} gives. */
public final class Communication {

    private final byte @Nullable [] stdout;
    private final byte @Nullable [] stderr;

    Communication(byte @Nullable [] stdout, byte @Nullable [] stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** What it wrote to its output; null if that is no pipe. Semantics: {@code Process.communicate}. */
    public byte @Nullable [] stdout() {
        return stdout;
    }

    /** What it wrote to its errors; null if that is no pipe. Semantics: {@code Process.communicate}. */
    public byte @Nullable [] stderr() {
        return stderr;
    }

    /** What it wrote to its output, as text; empty if that is no pipe. asyncio has no counterpart. */
    public String stdout(Charset charset) {
        return stdout == null ? "" : new String(stdout, charset);
    }

    /** What it wrote to its errors, as text; empty if that is no pipe. asyncio has no counterpart. */
    public String stderr(Charset charset) {
        return stderr == null ? "" : new String(stderr, charset);
    }

    /** How much it has said, and not what: for example {@code <Communication stdout=12 bytes, stderr=no pipe>}. */
    @Override
    public String toString() {
        return "<Communication stdout=" + length(stdout) + ", stderr=" + length(stderr) + ">";
    }

    private static String length(byte @Nullable [] said) {
        return said == null ? "no pipe" : said.length + " bytes";
    }
}
