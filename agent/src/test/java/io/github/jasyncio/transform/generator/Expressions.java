package io.github.jasyncio.transform.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random expressions. Each is an operand: put in parentheses where it needs them. */
final class Expressions {

    private final Random random;
    private final List<Signature> callees;
    private final String className;
    private final int release;

    /**
     * Makes expressions for one method.
     *
     * @param callees the methods that may be called
     * @param release the Java version of the source
     */
    Expressions(Random random, List<Signature> callees, String className, int release) {
        this.random = random;
        this.callees = callees;
        this.className = className;
        this.release = release;
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** An expression of exactly this type (or its box). */
    String of(Kind kind, Scope scope, int depth) {
        if (depth <= 0) {
            return leaf(kind, scope);
        }
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> awaited(kind, scope, depth);
            case 3 ->
                "(" + of(Kind.BOOLEAN, scope, depth - 1) + " ? " + of(kind, scope, depth - 1) + " : "
                        + of(kind, scope, depth - 1) + ")";
            case 4 -> assignment(kind, scope, depth);
            case 5 -> release >= 17 ? switchExpression(kind, scope, depth) : leaf(kind, scope);
            case 6, 7 -> leaf(kind, scope);
            default -> special(kind, scope, depth - 1);
        };
    }

    private String assignment(Kind kind, Scope scope, int depth) {
        Scope.Variable variable = scope.writable(kind, random);
        return variable == null
                ? leaf(kind, scope)
                : "(" + variable.name() + " = " + exact(kind, scope, depth - 1) + ")";
    }

    /** An expression of exactly this type, also where the compiler would take another numeric type for it. */
    String exact(Kind kind, Scope scope, int depth) {
        String expression = of(kind, scope, depth);
        return kind.isNumeric() ? "(" + kind.java + ") " + expression : expression;
    }

    private String leaf(Kind kind, Scope scope) {
        Scope.Variable variable = scope.readable(kind, random);
        if (variable != null && !chance(4)) {
            return variable.name();
        }
        String field = field(kind, scope);
        return field != null && chance(2) ? field : kind.literal(random);
    }

    @Nullable
    String field(Kind kind, Scope scope) {
        boolean isStatic = scope.body().isStatic() || chance(3);
        String prefix = isStatic ? "static" : "own";
        return switch (kind) {
            case INT, LONG, DOUBLE, STRING, OBJECT, NODE, INTS, BYTE -> prefix + kind.name();
            default -> null;
        };
    }

    // ------------------------------------------------------------------------------------------------ await

    String awaited(Kind kind, Scope scope, int depth) {
        String source = chance(5) ? stage(kind, scope, depth) : coroutine(kind, scope, depth);
        String await = "await(" + source + ")";
        return kind.isPrimitive() && chance(2) ? "((" + kind.java + ") " + await + ")" : await;
    }

    /** One of Java's stages that comes to a value of this type. */
    private String stage(Kind kind, Scope scope, int depth) {
        List<String> calls = calls(kind, true, scope, depth);
        return calls.isEmpty() || chance(3)
                ? "Probes.<" + kind.boxed + ">stage(" + exact(kind, scope, depth - 1) + ").toCompletableFuture()"
                : calls.get(random.nextInt(calls.size()));
    }

    private List<String> calls(Kind kind, boolean isEager, Scope scope, int depth) {
        List<String> calls = new ArrayList<>();
        for (Signature callee : callees) {
            if (callee.isEager() == isEager && callee.result().boxed.equals(kind.boxed)) {
                calls.add(call(callee, scope, depth - 1));
            }
        }
        return calls;
    }

    /** A coroutine that comes to a value of this type. */
    private String coroutine(Kind kind, Scope scope, int depth) {
        List<String> choices = calls(kind, false, scope, depth);
        for (Scope.Call call : scope.calls()) {
            if (call.result().boxed.equals(kind.boxed)) {
                choices.add(call.name() + ".call(" + exact(call.argument(), scope, depth - 1) + ")");
            }
        }
        if (!choices.isEmpty() && chance(2)) {
            return choices.get(random.nextInt(choices.size()));
        }
        if (depth > 1 && chance(8)) {
            return "(" + of(Kind.BOOLEAN, scope, depth - 1) + " ? " + coroutine(kind, scope, depth - 1) + " : "
                    + coroutine(kind, scope, depth - 2) + ")";
        }
        if (chance(12)) {
            return "Coroutine.<" + kind.boxed + ">of(" + exact(kind, scope, depth - 1) + ")";
        }
        return "Probes.<" + kind.boxed + ">" + (chance(5) ? "io" : "at") + "(" + exact(kind, scope, depth - 1) + ")";
    }

    /** What a method returns in tail position without awaiting it. */
    String unfinished(Scope scope, int depth) {
        Kind result = scope.body().result();
        return scope.body().isEager() ? stage(result, scope, depth) : coroutine(result, scope, depth);
    }

    /** What a method returns that has its value. */
    String finished(Scope scope, int depth) {
        Kind result = scope.body().result();
        String maker = scope.body().isEager() ? "completedFuture" : "of";
        String owner = scope.body().isEager() ? "CompletableFuture" : "Coroutine";
        return owner + ".<" + result.boxed + ">" + maker + "(" + exact(result, scope, depth - 1) + ")";
    }

    /** A call of an async method. */
    String call(Signature callee, Scope scope, int depth) {
        StringBuilder call = new StringBuilder();
        if (!callee.isStatic()) {
            call.append(scope.body().isStatic() ? "new " + className + "()." : "self().");
        }
        call.append(callee.name()).append('(');
        for (int i = 0; i < callee.parameters().size(); i++) {
            call.append(i == 0 ? "" : ", ").append(exact(callee.parameters().get(i), scope, depth));
        }
        return call.append(')').toString();
    }

    // ------------------------------------------------------------------------------------------------ by type

    private String special(Kind kind, Scope scope, int depth) {
        return switch (kind) {
            case INT -> anInt(scope, depth);
            case LONG -> aLong(scope, depth);
            case DOUBLE ->
                chance(3)
                        ? "mixDouble(" + exact(Kind.FLOAT, scope, depth) + ", " + of(Kind.DOUBLE, scope, depth) + ", "
                                + exact(Kind.BYTE, scope, depth) + ", " + exact(Kind.SHORT, scope, depth) + ", "
                                + exact(Kind.CHAR, scope, depth) + ")"
                        : binary(
                                Kind.DOUBLE,
                                any("+", "-", "*", "/"),
                                oneOf(Kind.DOUBLE, Kind.INT, Kind.LONG, Kind.FLOAT),
                                scope,
                                depth);
            case FLOAT ->
                binary(Kind.FLOAT, any("+", "-", "*", "/"), oneOf(Kind.FLOAT, Kind.INT, Kind.CHAR), scope, depth);
            case BYTE, SHORT, CHAR -> narrowed(kind, oneOf(Kind.INT, Kind.LONG), scope, depth);
            case BOOLEAN -> aBoolean(scope, depth);
            case STRING -> aString(scope, depth);
            case BOXED ->
                chance(2)
                        ? "Integer.valueOf(" + of(Kind.INT, scope, depth) + ")"
                        : "pick(" + of(Kind.BOOLEAN, scope, depth) + ", " + of(Kind.BOXED, scope, depth) + ", "
                                + of(Kind.BOXED, scope, depth) + ")";
            case OBJECT -> "((Object) " + of(Kind.any(random), scope, depth) + ")";
            case NODE -> aNode(scope, depth);
            case COLOUR -> chance(2) ? "Colour.values()[" + index(scope, depth) + "]" : leaf(kind, scope);
            case INTS ->
                chance(3)
                        ? "(new int[" + of(Kind.INT, scope, 0) + " & 3])"
                        : "new int[] {" + of(Kind.INT, scope, depth) + ", " + of(Kind.INT, scope, depth) + "}";
            case LONGS -> "new long[] {" + of(Kind.LONG, scope, depth) + ", " + of(Kind.INT, scope, depth) + "}";
            case STRINGS ->
                "new String[] {" + of(Kind.STRING, scope, depth) + ", " + of(Kind.STRING, scope, depth) + "}";
            case LIST -> "list(" + of(Kind.BOXED, scope, depth) + ", " + of(Kind.BOXED, scope, depth) + ")";
        };
    }

    private String anInt(Scope scope, int depth) {
        Scope.Variable variable = scope.writable(Kind.INT, random);
        return switch (random.nextInt(11)) {
            case 0 ->
                "mix(" + of(Kind.INT, scope, depth) + ", " + of(Kind.LONG, scope, depth) + ", "
                        + of(Kind.DOUBLE, scope, depth) + ", " + of(Kind.OBJECT, scope, depth) + ")";
            case 1 -> of(Kind.INTS, scope, depth) + "[" + index(scope, depth) + "]";
            case 2 -> narrowed(Kind.INT, oneOf(Kind.LONG, Kind.DOUBLE, Kind.FLOAT), scope, depth);
            case 3 -> of(Kind.STRING, scope, depth) + ".length()";
            case 4 -> nodeOperand(scope, depth) + ".number";
            case 5 -> variable == null ? leaf(Kind.INT, scope) : variable.name() + (chance(2) ? "++" : "--");
            case 6 ->
                variable == null
                        ? leaf(Kind.INT, scope)
                        : "(" + variable.name() + " += " + of(oneOf(Kind.INT, Kind.LONG), scope, depth) + ")";
            case 7 -> "tap(" + exact(Kind.INT, scope, depth) + ")";
            case 8 -> binary(Kind.INT, any("<<", ">>", ">>>"), Kind.INT, scope, depth);
            case 9 -> "(-" + of(Kind.INT, scope, depth) + ")";
            default ->
                binary(
                        Kind.INT,
                        any("+", "-", "*", "&", "|", "^", "/", "%"),
                        oneOf(Kind.INT, Kind.BYTE, Kind.CHAR),
                        scope,
                        depth);
        };
    }

    private String narrowed(Kind kind, Kind from, Scope scope, int depth) {
        return "((" + kind.java + ") (" + from.java + ") " + of(from, scope, depth) + ")";
    }

    private String aLong(Scope scope, int depth) {
        Scope.Variable variable = scope.writable(Kind.LONG, random);
        return switch (random.nextInt(6)) {
            case 0 ->
                "mixLong(" + of(Kind.LONG, scope, depth) + ", " + of(Kind.INT, scope, depth) + ", "
                        + of(Kind.STRING, scope, depth) + ", " + of(Kind.BOOLEAN, scope, depth) + ", "
                        + of(Kind.LONG, scope, depth) + ")";
            case 1 -> of(Kind.LONGS, scope, depth) + "[" + index(scope, depth) + "]";
            case 2 ->
                variable == null
                        ? leaf(Kind.LONG, scope)
                        : "(" + variable.name() + " *= " + of(oneOf(Kind.INT, Kind.DOUBLE), scope, depth) + ")";
            case 3 -> variable == null ? leaf(Kind.LONG, scope) : variable.name() + (chance(2) ? "++" : "--");
            case 4 -> nodeOperand(scope, depth) + ".wide";
            default ->
                binary(
                        Kind.LONG,
                        any("+", "-", "*", "&", "|", "^", "/", "%"),
                        oneOf(Kind.LONG, Kind.INT),
                        scope,
                        depth);
        };
    }

    private String aBoolean(Scope scope, int depth) {
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                "(" + of(Kind.BOOLEAN, scope, depth) + (chance(2) ? " && " : " || ") + of(Kind.BOOLEAN, scope, depth)
                        + ")";
            case 2 -> "!" + of(Kind.BOOLEAN, scope, depth);
            case 3 ->
                "(" + of(Kind.INT, scope, depth) + any(" <", " >", " ==", " !=") + " (int) "
                        + of(Kind.INT, scope, depth) + ")";
            case 4 ->
                "(" + of(Kind.LONG, scope, depth) + any(" <=", " >=", " ==") + " (long) " + of(Kind.LONG, scope, depth)
                        + ")";
            case 5 ->
                "(" + of(Kind.DOUBLE, scope, depth) + any(" <", " >") + " (double) " + of(Kind.DOUBLE, scope, depth)
                        + ")";
            case 6 ->
                "(" + of(Kind.OBJECT, scope, depth) + any(" == ", " != ")
                        + (chance(2) ? "null" : of(Kind.OBJECT, scope, depth)) + ")";
            case 7 ->
                "(" + of(Kind.OBJECT, scope, depth) + " instanceof " + any("String", "Integer", "Node", "int[]") + ")";
            default ->
                "(" + of(Kind.BOOLEAN, scope, depth) + any(" ^ ", " & ", " | ") + of(Kind.BOOLEAN, scope, depth) + ")";
        };
    }

    private String aString(Scope scope, int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "join(" + of(Kind.any(random), scope, depth) + ", " + of(Kind.any(random), scope, depth) + ")";
            case 1 -> of(Kind.STRINGS, scope, depth) + "[" + index(scope, depth) + "]";
            case 2 -> "join((Object) " + of(Kind.any(random), scope, depth) + ")";
            default -> "(\"\" + " + text(scope, depth) + " + " + text(scope, depth) + ")";
        };
    }

    /** An operand of a concatenation; arrays and nodes have no text of their own that is the same in every run. */
    private String text(Scope scope, int depth) {
        Kind kind =
                oneOf(Kind.INT, Kind.LONG, Kind.CHAR, Kind.STRING, Kind.BOOLEAN, Kind.DOUBLE, Kind.COLOUR, Kind.BOXED);
        String expression = of(kind, scope, depth);
        return kind == Kind.STRING ? "cut(" + expression + ")" : expression;
    }

    private String aNode(Scope scope, int depth) {
        return switch (random.nextInt(6)) {
            case 0 ->
                "new Node(" + exact(Kind.INT, scope, depth) + ", (Object) " + of(Kind.any(random), scope, depth) + ")";
            case 1 ->
                "new Node(" + exact(Kind.LONG, scope, depth) + ", " + exact(Kind.DOUBLE, scope, depth) + ", "
                        + of(Kind.NODE, scope, depth) + ")";
            case 2 -> "new Leaf(" + exact(Kind.INT, scope, depth) + ")";
            case 3 -> nodeOperand(scope, depth) + ".plus(" + exact(Kind.INT, scope, depth) + ")";
            case 4 -> nodeOperand(scope, depth) + ".next()";
            default ->
                "(" + of(Kind.BOOLEAN, scope, depth) + " ? new Leaf(" + exact(Kind.INT, scope, depth) + ") : "
                        + of(Kind.NODE, scope, depth) + ")";
        };
    }

    String nodeOperand(Scope scope, int depth) {
        String node = of(Kind.NODE, scope, depth);
        return node.startsWith("new ") ? "(" + node + ")" : node;
    }

    /** Mostly in bounds. */
    String index(Scope scope, int depth) {
        String index = of(Kind.INT, scope, depth);
        return chance(12) ? index : index + " & 1";
    }

    private String binary(Kind kind, String operator, Kind other, Scope scope, int depth) {
        String left = of(kind, scope, depth);
        // A box on both sides would compare references, and byte with byte gives int: the left side's type is made
        // plain.
        return "((" + kind.java + ") " + left + " " + operator + " " + of(other, scope, depth) + ")";
    }

    private String switchExpression(Kind kind, Scope scope, int depth) {
        StringBuilder text = new StringBuilder("(switch (");
        boolean onColour = chance(2);
        text.append(of(onColour ? Kind.COLOUR : Kind.INT, scope, depth - 1)).append(") { ");
        text.append(onColour ? "case RED" : "case 1, 2").append(" -> ").append(exact(kind, scope, depth - 1));
        text.append("; ").append(onColour ? "case BLUE" : "case 5").append(" -> { ");
        if (chance(3)) {
            text.append("if (").append(of(Kind.BOOLEAN, scope, depth - 1)).append(") { ");
            text.append(yielding(kind, scope, depth - 1)).append(" } ");
        }
        text.append(yielding(kind, scope, depth - 1)).append(" } default -> ");
        text.append(exact(kind, scope, depth - 1)).append("; })");
        return text.toString();
    }

    /** Anything but a parenthesis must come first: javac 17 takes {@code yield (} for the call of a method. */
    private String yielding(Kind kind, Scope scope, int depth) {
        String value = exact(kind, scope, depth);
        return "yield " + (value.startsWith("(") ? "same(" + value + ")" : value) + ";";
    }

    private Kind oneOf(Kind... kinds) {
        return kinds[random.nextInt(kinds.length)];
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
