package io.github.jasyncio.transform.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random statements. Each method writes one and answers whether it can complete normally (JLS 14.22), so that nothing unreachable follows. */
final class Statements {

    private static final int DEEPEST = 4;

    private final Random random;
    private final Expressions expressions;
    private final int release;
    private final StringBuilder out = new StringBuilder();
    private int indent = 2;
    private int names;
    private int statementsLeft;

    Statements(Random random, Expressions expressions, int release, int size) {
        this.random = random;
        this.expressions = expressions;
        this.release = release;
        this.statementsLeft = size;
    }

    /** The body of a method whose parameters are in {@code scope}. */
    String body(Scope scope) {
        if (statements(scope, 0)) {
            leave(scope);
        }
        return out.toString();
    }

    private void line(String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    private void open(String text) {
        line(text + " {");
        indent++;
    }

    private void close(String text) {
        indent--;
        line("}" + text);
    }

    private String name(String prefix) {
        return prefix + names++;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String expression(Kind kind, Scope scope) {
        return expressions.of(kind, scope, 1 + random.nextInt(3));
    }

    private String condition(Scope scope) {
        return expression(Kind.BOOLEAN, scope);
    }

    /** The statements of a block. */
    private boolean statements(Scope scope, int depth) {
        int count = 1 + random.nextInt(depth == 0 ? 6 : 3);
        for (int i = 0; i < count; i++) {
            if (!statement(scope, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean block(Scope scope, int depth) {
        return statements(scope.block(), depth + 1);
    }

    private boolean statement(Scope scope, int depth) {
        statementsLeft--;
        if (statementsLeft < 0 || depth >= DEEPEST) {
            return simple(scope);
        }
        return switch (random.nextInt(24)) {
            case 0, 1 -> ifElse(scope, depth);
            case 2 -> deferred(scope, depth);
            case 3 -> counting(scope, depth);
            case 4 -> forEach(scope, depth);
            case 5 -> whileLoop(scope, depth);
            case 6 -> endless(scope, depth);
            case 7 -> switchOn(scope, depth);
            case 8, 9, 10 -> tryCatch(scope, depth);
            case 11 -> resources(scope, depth);
            case 12 -> labelled(scope, depth);
            case 13 -> jump(scope);
            case 14 -> plainBlock(scope, depth);
            case 15 -> lambda(scope, depth);
            case 16 -> pattern(scope, depth);
            case 17 -> guardedLeave(scope);
            default -> simple(scope);
        };
    }

    private boolean plainBlock(Scope scope, int depth) {
        open("");
        boolean completes = block(scope, depth);
        close("");
        return completes;
    }

    private boolean guardedLeave(Scope scope) {
        open("if (" + condition(scope) + ")");
        leave(scope);
        close("");
        return true;
    }

    // ------------------------------------------------------------------------------------------------ simple ones

    private boolean simple(Scope scope) {
        Kind kind = Kind.any(random);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> declare(kind, scope);
            case 4, 5 -> assign(kind, scope);
            case 6 -> line("log(" + expression(kind, scope) + ");");
            case 7 -> line(expressions.awaited(kind, scope, 2).replaceAll("^\\(\\([a-z]+\\) (.*)\\)$", "$1") + ";");
            case 8 ->
                line(expressions.nodeOperand(scope, 1) + ".array[" + expressions.index(scope, 1)
                        + any("] = ", "] += ", "] <<= ") + expression(Kind.INT, scope) + ";");
            case 9 ->
                line(expressions.nodeOperand(scope, 1) + ".wide " + any("=", "+=", "-=", "^=") + " "
                        + expression(Kind.INT, scope) + ";");
            case 10 -> {
                open("synchronized (new Object())");
                line("log(\"locked\");");
                close("");
            }
            default -> line("assert " + condition(scope) + " : " + expression(Kind.INT, scope) + ";");
        }
        return true;
    }

    private void declare(Kind kind, Scope scope) {
        String name = name("v");
        boolean isFinal = chance(3);
        line((isFinal ? "final " : "") + kind.java + " " + name + " = "
                + expressions.exact(kind, scope, 1 + random.nextInt(3)) + ";");
        scope.declare(name, kind, isFinal);
    }

    private void assign(Kind kind, Scope scope) {
        Scope.Variable variable = scope.writable(kind, random);
        String field = expressions.field(kind, scope);
        String left = variable != null ? variable.name() : field;
        if (left == null) {
            declare(kind, scope);
        } else if (kind.isNumeric() && chance(2)) {
            Kind other = chance(2) ? Kind.INT : kind;
            line(left + any(" += ", " -= ", " *= ") + expression(other, scope) + ";");
        } else if (kind == Kind.STRING && chance(2)) {
            line(left + " += " + expression(any(Kind.INT, Kind.LONG, Kind.BOOLEAN), scope) + ";");
        } else if ((kind == Kind.INTS || kind == Kind.LONGS) && chance(2)) {
            line(left + "[" + expressions.index(scope, 2) + any("] = ", "] += ", "] *= ", "] >>= ")
                    + expression(Kind.INT, scope) + ";");
        } else if (kind == Kind.STRINGS && chance(2)) {
            line(left + "[" + expressions.index(scope, 2) + any("] = ", "] += ") + "cut("
                    + expression(Kind.STRING, scope) + ");");
        } else {
            line(left + " = " + expressions.exact(kind, scope, 3) + ";");
        }
    }

    /** Returns or throws. */
    private void leave(Scope scope) {
        if (chance(8)) {
            line("throw new " + any("IllegalStateException", "IllegalArgumentException", "java.io.IOException")
                    + "(\"\" + " + expression(Kind.INT, scope) + ");");
        } else if (!scope.isProtected() && chance(2)) {
            line("return " + expressions.unfinished(scope, 3) + ";");
        } else {
            line("return " + expressions.finished(scope, 3) + ";");
        }
    }

    private boolean jump(Scope scope) {
        List<Scope.Jump> jumps = scope.jumps();
        if (jumps.isEmpty()) {
            return simple(scope);
        }
        Scope.Jump jump = jumps.get(random.nextInt(jumps.size()));
        boolean guarded = !chance(4);
        if (guarded) {
            open("if (" + condition(scope) + ")");
        }
        if (jump.isLoop && chance(2)) {
            line("continue " + jump.label + ";");
        } else {
            jump.isLeft = true;
            line("break " + jump.label + ";");
        }
        if (guarded) {
            close("");
        }
        return guarded;
    }

    // ------------------------------------------------------------------------------------------------ conditions

    private boolean ifElse(Scope scope, int depth) {
        open("if (" + condition(scope) + ")");
        boolean completes = block(scope, depth);
        if (chance(2)) {
            close(" else {");
            indent++;
            completes |= block(scope, depth);
        } else {
            completes = true;
        }
        close("");
        return completes;
    }

    private boolean pattern(Scope scope, int depth) {
        if (release < 17) {
            return simple(scope);
        }
        Kind kind = any(Kind.STRING, Kind.BOXED, Kind.NODE, Kind.INTS);
        String name = name("p");
        Scope inside = scope.block();
        inside.declare(name, kind, false);
        String more = chance(2) ? " && " + condition(inside) : "";
        // In a variable, because javac 17 crashes on patterns behind some constant expressions.
        String subject = name("o");
        line("final Object " + subject + " = " + expression(Kind.any(random), scope) + ";");
        open("if (" + subject + " instanceof " + kind.java + " " + name + more + ")");
        statements(inside, depth + 1);
        close("");
        return true;
    }

    /** A variable that is declared first and assigned on every way that goes on. */
    private boolean deferred(Scope scope, int depth) {
        Kind kind = Kind.any(random);
        String name = name("d");
        boolean isFinal = chance(2);
        line((isFinal ? "final " : "") + kind.java + " " + name + ";");
        boolean completes;
        if (isFinal || chance(2)) {
            open("if (" + condition(scope) + ")");
            completes = blockAssigning(name, kind, scope, depth);
            close(" else {");
            indent++;
            completes |= blockAssigning(name, kind, scope, depth);
            close("");
        } else {
            open("try");
            completes = blockAssigning(name, kind, scope.inTry(), depth);
            close(" catch (RuntimeException " + name("e") + ") {");
            indent++;
            completes |= blockAssigning(name, kind, scope, depth);
            close("");
        }
        if (completes) {
            scope.declare(name, kind, isFinal);
        }
        return completes;
    }

    private boolean blockAssigning(String name, Kind kind, Scope scope, int depth) {
        Scope inside = scope.block();
        if (!statements(inside, depth + 1)) {
            return false;
        }
        line(name + " = " + expressions.exact(kind, inside, 2) + ";");
        return true;
    }

    private boolean switchOn(Scope scope, int depth) {
        if (release >= 17 && chance(3)) {
            return arrows(scope, depth);
        }
        Scope.Jump jump = new Scope.Jump(name("l"), false);
        Kind kind = any(Kind.INT, Kind.STRING, Kind.COLOUR);
        String[] labels =
                switch (kind) {
                    case INT -> new String[] {"0", "1", "2", "1000"};
                    case STRING -> new String[] {"\"s0\"", "\"s1\"", "\"\"", "\"Aa\""};
                    default -> new String[] {"RED", "GREEN", "BLUE"};
                };
        open(jump.label + ": switch (" + expression(kind, scope) + ")");
        boolean last = true;
        for (int i = 0; i < labels.length; i++) {
            boolean isDefault = i == labels.length - 1;
            open((isDefault ? "default:" : "case " + labels[i] + ":"));
            last = block(scope.in(jump), depth);
            if (last && chance(2)) {
                jump.isLeft = true;
                line("break " + jump.label + ";");
                last = false;
            }
            close("");
        }
        close("");
        return last || jump.isLeft;
    }

    private boolean arrows(Scope scope, int depth) {
        open("switch (" + expression(Kind.COLOUR, scope) + ")");
        open("case RED, BLUE ->");
        boolean completes = block(scope, depth);
        close("");
        open("default ->");
        completes |= block(scope, depth);
        close("");
        close("");
        return completes;
    }

    // ------------------------------------------------------------------------------------------------ loops

    private Scope.Jump loop() {
        return new Scope.Jump(name("l"), true);
    }

    private boolean counting(Scope scope, int depth) {
        Scope.Jump jump = loop();
        String counter = name("i");
        Scope inside = scope.block().in(jump);
        inside.declare(counter, Kind.INT, true);
        String more = chance(2) ? "" : " && " + condition(inside);
        String step = chance(3) ? counter + " += 1 + (" + expression(Kind.INT, scope) + " & 1)" : counter + "++";
        open(jump.label + ": for (int " + counter + " = " + random.nextInt(2) + "; fuel() && " + counter + " < "
                + (2 + random.nextInt(2)) + more + "; " + step + ")");
        // The counter must not be captured: it changes.
        inside.variables().replaceAll(v -> v.name().equals(counter) ? new Scope.Variable(counter, Kind.INT, false) : v);
        Scope body = inside.block();
        body.variables().removeIf(v -> v.name().equals(counter));
        statements(body, depth + 1);
        close("");
        return true;
    }

    private boolean forEach(Scope scope, int depth) {
        Kind over = any(Kind.INTS, Kind.LONGS, Kind.STRINGS, Kind.LIST);
        Kind element =
                switch (over) {
                    case INTS -> Kind.INT;
                    case LONGS -> Kind.LONG;
                    case STRINGS -> Kind.STRING;
                    default -> chance(2) ? Kind.INT : Kind.BOXED;
                };
        Scope.Jump jump = loop();
        String name = name("x");
        open(jump.label + ": for (" + element.java + " " + name + " : " + expression(over, scope) + ")");
        Scope inside = scope.block().in(jump);
        inside.declare(name, element, false);
        statements(inside, depth + 1);
        close("");
        return true;
    }

    private boolean whileLoop(Scope scope, int depth) {
        Scope.Jump jump = loop();
        String counter = name("n");
        line("int " + counter + " = 0;");
        boolean isDo = chance(2);
        String condition =
                "(fuel() && " + counter + "++ < " + (1 + random.nextInt(3)) + " && " + condition(scope) + ")";
        open(jump.label + ": " + (isDo ? "do" : "while " + condition));
        Scope inside = scope.in(jump);
        boolean completes = block(inside, depth);
        if (isDo) {
            // Where the body cannot complete, the condition would be unreachable unless something continues.
            if (!completes) {
                close(" while (fuel());");
                return jump.isLeft || out.toString().contains("continue " + jump.label + ";");
            }
            close(" while " + condition + ";");
        } else {
            close("");
        }
        return true;
    }

    private boolean endless(Scope scope, int depth) {
        Scope.Jump jump = loop();
        open(jump.label + ": while (true)");
        Scope inside = scope.block().in(jump);
        open("if (!fuel())");
        if (chance(2)) {
            jump.isLeft = true;
            line("break " + jump.label + ";");
        } else {
            leave(inside);
        }
        close("");
        if (statements(inside, depth + 1) && chance(2)) {
            open("if (" + condition(inside) + ")");
            jump.isLeft = true;
            line("break;");
            close("");
        }
        close("");
        return jump.isLeft;
    }

    private boolean labelled(Scope scope, int depth) {
        Scope.Jump jump = new Scope.Jump(name("b"), false);
        open(jump.label + ":");
        boolean completes = block(scope.in(jump), depth);
        close("");
        return completes || jump.isLeft;
    }

    // ------------------------------------------------------------------------------------------------ exceptions

    private boolean tryCatch(Scope scope, int depth) {
        open("try");
        line("check();");
        boolean hasFinally = chance(2);
        boolean hasCatch = !hasFinally || chance(2);
        boolean completes = block(scope.inTry(), depth);
        if (hasCatch) {
            List<String> types = new ArrayList<>();
            types.add(any(
                    "IllegalStateException", "ArithmeticException | IllegalStateException", "NullPointerException"));
            types.add(any(
                    "java.io.IOException",
                    "IllegalArgumentException",
                    "IllegalArgumentException | java.io.IOException"));
            types.add(any("RuntimeException", "Exception", "Throwable"));
            for (String type : types) {
                if (chance(2) && types.indexOf(type) < 2) {
                    continue;
                }
                completes |= catching(type, hasFinally ? scope.inTry() : scope, depth);
            }
        }
        if (hasFinally) {
            close(" finally {");
            indent++;
            // A finally that cannot complete would make what follows unreachable in ways that are hard to follow.
            Scope noJumps = scope.withoutJumps();
            line("log(\"finally\");");
            int before = out.length();
            int indentBefore = indent;
            if (!statements(noJumps, depth + 1)) {
                out.setLength(before);
                indent = indentBefore;
                line("log(" + expressions.awaited(Kind.INT, scope.withoutJumps(), 2) + ");");
            }
        }
        close("");
        return completes;
    }

    private boolean catching(String types, Scope scope, int depth) {
        String name = name("e");
        close(" catch (" + types + " " + name + ") {");
        indent++;
        line("log(" + name + ");");
        if (types.equals("Throwable")) {
            line("if (!fuel()) throw " + name + ";");
        }
        boolean completes = block(scope, depth);
        if (completes && chance(4)) {
            line("throw " + name + ";");
            return false;
        }
        if (completes && chance(2)) {
            line("log(" + name + ");");
        }
        return completes;
    }

    private boolean resources(Scope scope, int depth) {
        String second = chance(2)
                ? "; Resource " + name("r") + " = await(Probes.<Resource>at(new Resource("
                        + expressions.exact(Kind.INT, scope, 1) + ")))"
                : "";
        String first = any("Resource $ = new Resource(", "Door $ = new Door(", "AutoCloseable $ = either(")
                .replace("$", name("r"));
        open("try (" + first + expressions.exact(Kind.INT, scope, 2) + ")" + second + ")");
        line("check();");
        boolean completes = block(scope.inTry(), depth);
        if (chance(2)) {
            completes |= catching(any("Exception", "java.io.IOException | RuntimeException"), scope, depth);
        }
        close("");
        return completes;
    }

    // ------------------------------------------------------------------------------------------------ lambdas

    private boolean lambda(Scope scope, int depth) {
        Kind argument = Kind.any(random);
        Kind result = Kind.any(random);
        String name = name("f");
        String parameter = name("a");
        boolean anonymous = chance(4);
        Scope inside = scope.lambda(result, anonymous);
        inside.declare(parameter, argument, chance(2));
        String type = "AsyncCall<" + argument.boxed + ", " + result.boxed + ">";
        if (anonymous) {
            open("final " + type + " " + name + " = new " + type + "()");
            line("@Async");
            open("public Coroutine<" + result.boxed + "> call(" + argument.boxed + " " + parameter
                    + ") throws Exception");
        } else {
            open("final " + type + " " + name + " = " + parameter + " ->");
        }
        // A lambda's parameter is a box; a copy has the type that expressions count on.
        inside.variables().removeIf(v -> v.name().equals(parameter));
        String copy = name("v");
        line(argument.java + " " + copy + " = " + parameter + ";");
        inside.declare(copy, argument, false);
        if (statements(inside, depth + 1)) {
            leave(inside);
        }
        if (anonymous) {
            close("");
        }
        close(";");
        scope.calls().add(new Scope.Call(name, argument, result));
        return true;
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private Kind any(Kind... kinds) {
        return kinds[random.nextInt(kinds.length)];
    }
}
