package io.github.jasyncio.transform.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a place in a random program sees.
 *
 * @param variables local variables that are surely assigned
 * @param jumps enclosing statements that break or continue can name
 * @param calls local variables that hold lambdas
 * @param result what the method's coroutine comes to
 * @param isProtected true inside a try, where a coroutine must not be returned unawaited
 * @param isStatic true where there is no {@code this}
 * @param capturedBefore variables up to here are captured: only final ones are seen, and none is assigned
 */
record Scope(
        List<Variable> variables,
        List<Jump> jumps,
        List<Call> calls,
        Kind result,
        boolean isProtected,
        boolean isStatic,
        int capturedBefore) {

    record Variable(String name, Kind kind, boolean isFinal) {}

    record Call(String name, Kind argument, Kind result) {}

    /** A statement with a label; notes whether a break leaves it, which decides whether what follows can be reached. */
    static final class Jump {

        final String label;
        final boolean isLoop;
        boolean isLeft;

        Jump(String label, boolean isLoop) {
            this.label = label;
            this.isLoop = isLoop;
        }
    }

    static Scope method(Kind result, boolean isStatic) {
        return new Scope(new ArrayList<>(), List.of(), new ArrayList<>(), result, false, isStatic, 0);
    }

    /** A block inside: what it declares ends with it. */
    Scope block() {
        return new Scope(
                new ArrayList<>(variables),
                jumps,
                new ArrayList<>(calls),
                result,
                isProtected,
                isStatic,
                capturedBefore);
    }

    Scope inTry() {
        return new Scope(
                new ArrayList<>(variables), jumps, new ArrayList<>(calls), result, true, isStatic, capturedBefore);
    }

    Scope in(Jump jump) {
        List<Jump> more = new ArrayList<>(jumps);
        more.add(jump);
        return new Scope(
                new ArrayList<>(variables),
                more,
                new ArrayList<>(calls),
                result,
                isProtected,
                isStatic,
                capturedBefore);
    }

    /** The body of a lambda. */
    Scope lambda(Kind lambdaResult) {
        List<Variable> captured = new ArrayList<>(variables);
        captured.removeIf(v -> !v.isFinal());
        return new Scope(captured, List.of(), new ArrayList<>(calls), lambdaResult, false, isStatic, captured.size());
    }

    void declare(String name, Kind kind, boolean isFinal) {
        variables.add(new Variable(name, kind, isFinal));
    }

    @Nullable
    Variable readable(Kind kind, Random random) {
        return choose(v -> v.kind() == kind, 0, random);
    }

    @Nullable
    Variable writable(Kind kind, Random random) {
        return choose(v -> v.kind() == kind && !v.isFinal(), capturedBefore, random);
    }

    private @Nullable Variable choose(Predicate<Variable> wanted, int from, Random random) {
        List<Variable> found = variables.subList(from, variables.size()).stream()
                .filter(wanted)
                .toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }
}
