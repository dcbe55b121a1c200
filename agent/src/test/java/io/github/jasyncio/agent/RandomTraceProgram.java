package io.github.jasyncio.agent;

import java.util.Random;

/** Random programs whose async methods call each other in every way; the last of them throws. */
final class RandomTraceProgram {

    private static final int METHODS = 8;

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final boolean[] isEager = new boolean[METHODS];
    private boolean hasEager;
    private boolean isInPieces = true;
    private int names;

    private RandomTraceProgram(long seed) {
        this.random = new Random(seed);
    }

    /** The class {@code Main}, which runs so many programs and prints their traces; the same for the same seed. */
    static TwinSource of(long seed, int programs) {
        return new TwinSource(new RandomTraceProgram(seed).write(programs));
    }

    private String write(int programs) {
        line("public class Main {");
        line("static <T> T same(T value) { return value; }");
        line("interface Getter { [[Coroutine<Integer>|Integer]] get() throws Exception; }");
        line("static int plain(int n) { if (n > -1) throw new IllegalArgumentException(\"plain\"); return n; }");
        line(
                "record Bad() implements AutoCloseable { public void close() { throw new IllegalStateException(\"close\"); } }");
        for (int i = 0; i < programs; i++) {
            program("P" + i);
        }
        line("public static void main(String[] arguments) {");
        for (int i = 0; i < programs; i++) {
            line("System.out.println(\"-- P" + i + "\");");
            line("try {");
            line("RUN(new P" + i + "().m0(2));");
            line("} catch (Throwable t) { t.printStackTrace(System.out); }");
        }
        line("}}");
        return text.toString();
    }

    private void program(String name) {
        line("static class " + name + " {");
        // In the eager kind there is no task, which waitFor needs.
        hasEager = random.nextInt(3) == 0;
        for (int i = 1; i < METHODS; i++) {
            isEager[i] = hasEager && random.nextInt(3) == 0;
        }
        for (int i = 0; i < METHODS; i++) {
            method(i);
        }
        line("}");
    }

    private void method(int i) {
        String type = isEager[i] ? "[[@Async CompletableFuture<Integer>|Integer]]" : "ASYNC Integer";
        line(type + " m" + i + "(int n) throws Exception {");
        line("int x = n;");
        pause();
        if (i == METHODS - 1) {
            fail();
        } else if (!isEager[i] && random.nextInt(3) == 0) {
            line("if (n > 0) {");
            // In one piece: an open trace is not continued with places that it has already.
            isInPieces = false;
            call("m" + i + "(n - 1)", false);
            isInPieces = true;
            line("} else {");
            callNext(i);
            line("}");
        } else {
            callNext(i);
        }
        line("return " + (isEager[i] ? "[[CompletableFuture.completedFuture(x)|x]]" : "OF(x)") + ";");
        line("}");
    }

    private void pause() {
        if (random.nextBoolean()) {
            line("PAUSE;");
        }
    }

    private void fail() {
        switch (random.nextInt(3)) {
            case 0 -> line("x += plain(1);");
            case 1 -> line("if (x > -1) throw new java.io.IOException(\"x is \" + x);");
            default -> line("x += Integer.parseInt(\"no number\");");
        }
    }

    private void callNext(int i) {
        int next = i + 1 + random.nextInt(Math.min(3, METHODS - 1 - i));
        call("m" + next + "(n)", isEager[next]);
    }

    /** Calls and awaits, perhaps inside of something. */
    private void call(String call, boolean isStage) {
        String name = "e" + names++;
        switch (random.nextInt(8)) {
            case 0 -> {
                line("try {");
                await(call, isStage);
                line("} finally {");
                pause();
                line("}");
            }
            case 1 -> {
                line("try {");
                await(call, isStage);
                line("} catch (Exception " + name + ") {");
                pause();
                line("throw " + name + ";");
                line("}");
            }
            case 2 -> {
                line("try {");
                await(call, isStage);
                line("} catch (Exception " + name + ") {");
                pause();
                line("throw new IllegalStateException(\"wrapped\", " + name + ");");
                line("}");
            }
            case 3 -> {
                line("try (Bad " + name + " = new Bad()) {");
                await(call, isStage);
                line("}");
            }
            default -> await(call, isStage);
        }
    }

    private void await(String call, boolean isStage) {
        String name = "v" + names++;
        switch (random.nextInt(isStage ? 3 : hasEager ? 7 : 9)) {
            case 0 -> {
                line("[[AsyncCallable|Callable]]<Integer> " + name + " = () -> {");
                pause();
                line("return OF(AWAIT(" + call + "));");
                line("};");
                line("x += [[await(async(" + name + "))|" + name + ".call()]];");
            }
            case 1 -> {
                line("Getter " + name + " = new Getter() { public ASYNC Integer get() throws Exception {");
                pause();
                line("return OF(AWAIT(" + call + "));");
                line("}};");
                line("x += AWAIT(" + name + ".get());");
            }
            case 2 -> line("x += AWAIT(" + call + ");");
            case 3 -> line("x += AWAIT([[createTask(" + call + ")|" + call + "]]);");
            case 4 ->
                line(
                        !isInPieces
                                ? "x += AWAIT(" + call + ");"
                                : "[[Task<Integer> " + name + " = createTask(" + call + "); while (!" + name
                                        + ".isDone()) await(sleep(Duration.ZERO)); x += await(" + name + ")|x += "
                                        + call + "]];");
            case 5 -> line("x += [[await(gather(" + call + ")).get(0)|" + call + "]];");
            case 6 -> line("x += AWAIT([[shield(" + call + ")|" + call + "]]);");
            case 7 -> line("x += AWAIT([[waitFor(" + call + ", Duration.ofMinutes(1))|" + call + "]]);");
            default -> line("x += AWAIT([[waitFor(createTask(" + call + "), Duration.ofMinutes(1))|" + call + "]]);");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
