package io.github.jasyncio.transform.generator;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** The types of random programs. */
enum Kind {
    INT("int", "Integer"),
    LONG("long", "Long"),
    DOUBLE("double", "Double"),
    FLOAT("float", "Float"),
    BYTE("byte", "Byte"),
    SHORT("short", "Short"),
    CHAR("char", "Character"),
    BOOLEAN("boolean", "Boolean"),
    STRING("String", "String"),
    BOXED("Integer", "Integer"),
    OBJECT("Object", "Object"),
    NODE("Node", "Node"),
    COLOUR("Colour", "Colour"),
    INTS("int[]", "int[]"),
    LONGS("long[]", "long[]"),
    STRINGS("String[]", "String[]"),
    LIST("List<Integer>", "List<Integer>");

    private static final Kind[] FREQUENT = {INT, INT, LONG, LONG, DOUBLE, BOOLEAN, STRING, STRING, OBJECT, NODE};

    private static final Set<Kind> NUMERIC = EnumSet.range(INT, CHAR);

    final String java;
    final String boxed;

    Kind(String java, String boxed) {
        this.java = java;
        this.boxed = boxed;
    }

    boolean isPrimitive() {
        return isNumeric() || this == BOOLEAN;
    }

    boolean isNumeric() {
        return NUMERIC.contains(this);
    }

    static Kind any(Random random) {
        return random.nextInt(3) == 0
                ? values()[random.nextInt(values().length)]
                : FREQUENT[random.nextInt(FREQUENT.length)];
    }

    String literal(Random random) {
        int n = random.nextInt(7) - 2;
        return switch (this) {
            case INT -> random.nextInt(8) == 0 ? "" + random.nextInt(100_000) : n < 0 ? "(" + n + ")" : "" + n;
            case LONG -> (n < 0 ? "(" + n + "L)" : n + "L");
            case DOUBLE -> (n < 0 ? "(" + n + ".5)" : n + ".5");
            case FLOAT -> Math.abs(n) + ".25f";
            case BYTE, SHORT -> "((" + java + ") " + Math.abs(n) * 50 + ")";
            case CHAR -> "'" + (char) ('c' + n) + "'";
            case BOOLEAN -> random.nextBoolean() ? "true" : "false";
            case STRING -> random.nextInt(25) == 0 ? "((String) null)" : "\"s" + Math.abs(n) + "\"";
            case BOXED -> random.nextInt(25) == 0 ? "((Integer) null)" : "Integer.valueOf(" + n + ")";
            case OBJECT -> random.nextInt(6) == 0 ? "((Object) null)" : "((Object) \"o" + Math.abs(n) + "\")";
            case NODE -> random.nextInt(20) == 0 ? "((Node) null)" : "new Node(" + n + ", null)";
            case COLOUR -> "Colour." + new String[] {"RED", "GREEN", "BLUE"}[random.nextInt(3)];
            case INTS -> "new int[] {1, " + n + "}";
            case LONGS -> "new long[] {1, " + n + "}";
            case STRINGS -> "new String[] {\"a\", \"b" + Math.abs(n) + "\"}";
            case LIST -> "list(1, " + n + ")";
        };
    }
}
