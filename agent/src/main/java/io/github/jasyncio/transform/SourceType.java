package io.github.jasyncio.transform;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** Types as one writes them in Java: {@code List<String>} for what is {@code Ljava/util/List<Ljava/lang/String;>;} in a class file (JVMS 4.7.9.1). */
final class SourceType {

    private final String signature;
    private int at;

    private SourceType(String signature) {
        this.signature = signature;
    }

    /** What a {@code Coroutine} should be of, in place of what a method returns: {@code Integer} for an int, and for a {@code Future<Integer>}. */
    static String valueOf(MethodNode method) {
        String returned = returned(method);
        SourceType type = new SourceType(returned);
        int arguments = returned.indexOf('<');
        if (arguments < 0 && isPromise(Type.getReturnType(method.desc))) {
            return "Object"; // a raw one does not say
        }
        if (arguments > 0 && isPromise(Type.getReturnType(method.desc))) {
            type.at = arguments + 1;
            String value = type.read();
            return value.equals("?") ? "Object" : value.replaceFirst("^\\? (extends|super) ", "");
        }
        return boxed(type.read());
    }

    /** Known by the last word of its name, whosever it is. */
    private static boolean isPromise(Type returned) {
        String className = returned.getClassName();
        return Stream.of("Future", "Task", "Coroutine", "Awaitable", "Promise", "Deferred")
                .anyMatch(className::endsWith);
    }

    private static String returned(MethodNode method) {
        @Nullable String generic = method.signature;
        return generic == null
                ? Type.getReturnType(method.desc).getDescriptor()
                : generic.substring(generic.lastIndexOf(')') + 1).replaceFirst("\\^.*", "");
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> "Integer";
            case "char" -> "Character";
            case "boolean", "byte", "short", "long", "float", "double" ->
                Character.toUpperCase(type.charAt(0)) + type.substring(1);
            default -> type;
        };
    }

    private String read() {
        char kind = signature.charAt(at++);
        return switch (kind) {
            case 'L' -> readClass();
            case 'T' -> readTo(";");
            case '[' -> read() + "[]";
            case '*' -> "?";
            case '+' -> "? extends " + read();
            case '-' -> "? super " + read();
            default -> Type.getType(String.valueOf(kind)).getClassName();
        };
    }

    private String readTo(String end) {
        int from = at;
        at = signature.indexOf(end, at);
        String read = signature.substring(from, at);
        at += end.length();
        return read;
    }

    private String readClass() {
        StringBuilder name = new StringBuilder();
        while (true) {
            char next = signature.charAt(at++);
            switch (next) {
                case '/', '$' -> name.setLength(0);
                case '.' -> name.append('.');
                case '<' -> {
                    name.append('<');
                    for (String separator = ""; signature.charAt(at) != '>'; separator = ", ") {
                        name.append(separator).append(read());
                    }
                    at++;
                    name.append('>');
                }
                case ';' -> {
                    return name.toString();
                }
                default -> name.append(next);
            }
        }
    }
}
