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
 * @param body the method or lambda around
 * @param isProtected true inside a try, where a coroutine must not be returned unawaited
 */
record Scope(List<Variable> variables, List<Jump> jumps, List<Call> calls, Body body, boolean isProtected) {

    /**
     * A method or lambda.
     *
     * @param result what its coroutine comes to
     * @param isEager true if it returns a CompletableFuture
     * @param isStatic true where there is no {@code this}
     * @param captured so many variables are captured: they are final
     */
    record Body(Kind result, boolean isEager, boolean isStatic, int captured) {}

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

    static Scope method(Kind result, boolean isEager, boolean isStatic) {
        return new Scope(
                new ArrayList<>(), List.of(), new ArrayList<>(), new Body(result, isEager, isStatic, 0), false);
    }

    /** A block inside: what it declares ends with it. */
    Scope block() {
        return new Scope(new ArrayList<>(variables), jumps, new ArrayList<>(calls), body, isProtected);
    }

    Scope inTry() {
        return new Scope(new ArrayList<>(variables), jumps, new ArrayList<>(calls), body, true);
    }

    Scope in(Jump jump) {
        List<Jump> more = new ArrayList<>(jumps);
        more.add(jump);
        return new Scope(new ArrayList<>(variables), more, new ArrayList<>(calls), body, isProtected);
    }

    Scope withoutJumps() {
        return new Scope(new ArrayList<>(variables), List.of(), new ArrayList<>(calls), body, isProtected);
    }

    /** The body of a lambda, or of a method of an anonymous class. */
    Scope lambda(Kind result, boolean isAnonymous) {
        List<Variable> captured = new ArrayList<>(variables);
        captured.removeIf(v -> !v.isFinal());
        Body inner = new Body(result, false, isAnonymous || body.isStatic(), captured.size());
        return new Scope(captured, List.of(), new ArrayList<>(calls), inner, false);
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
        return choose(v -> v.kind() == kind && !v.isFinal(), body.captured(), random);
    }

    private @Nullable Variable choose(Predicate<Variable> wanted, int from, Random random) {
        List<Variable> found = variables.subList(from, variables.size()).stream()
                .filter(wanted)
                .toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }
}
