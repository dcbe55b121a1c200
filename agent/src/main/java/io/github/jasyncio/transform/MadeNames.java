package io.github.jasyncio.transform;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Names of what is made of async methods: {@code shop/Orders$price$async$0} for the handle and frame of {@code price}, the first async method of {@code
 * shop/Orders}, and {@code lambda$price$async$0} for its body.
 *
 * <p>Two classes never come to the same name: in what stands between the class's name and {@code $async$} there is no dollar sign, and within a class the
 * numbers differ. What else a class of that name may be (a nested class that somebody called so) is looked for, and another number taken.
 */
final class MadeNames {

    private static final String MADE = "$async$";

    /** In front of the body's name: debuggers step into, and coverage tools count, lambdas' methods although they are synthetic. */
    private static final String LAMBDA = "lambda$";

    /** In bytes, without the package: the name of a file has at most 255, and {@code .class} and what makes a temporary file of it are to be added. */
    private static final int LONGEST = 200;

    /** Of the class's and of the method's name, where both together would be too long. */
    private static final int LONGEST_PART = 60;

    private final ClassNode owner;
    private final ClassFiles beside;
    private final Set<String> nested = new HashSet<>();
    private final Set<String> methods = new HashSet<>();

    /**
     * Looks at what there is.
     *
     * @param beside the class files that may be in the way
     */
    MadeNames(ClassNode owner, ClassFiles beside) {
        this.owner = owner;
        this.beside = beside;
        for (InnerClassNode each : owner.innerClasses) {
            nested.add(each.name);
        }
        for (MethodNode each : owner.methods) {
            methods.add(each.name);
        }
    }

    /** True if {@code number} cannot be that of an async method, because a name of what is made of it is somebody else's. */
    boolean areTaken(MethodNode method, int number) {
        String frameClass = frameClass(owner.name, method.name, number);
        return nested.contains(frameClass)
                || methods.contains(body(method.name, number))
                || isOfStranger(beside.find(frameClass));
    }

    private static boolean isOfStranger(byte @Nullable [] classFile) {
        return classFile != null && FrameClass.ownerOf(classFile).isEmpty();
    }

    /** True if a class bears the mark of the transformer. */
    static boolean isMarked(ClassNode owner) {
        if (owner.invisibleAnnotations != null) {
            for (AnnotationNode annotation : owner.invisibleAnnotations) {
                if (annotation.desc.equals(CoreNames.REWRITTEN_ANNOTATION)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The internal name of the class of handles and frames. */
    static String frameClass(String owner, String method, int number) {
        int simple = owner.lastIndexOf('/') + 1;
        String className = owner.substring(simple);
        String methodName = plain(method);
        String end = MADE + number;
        if (bytes(className + "$" + methodName + end) > LONGEST) {
            String whole = "-" + new Fingerprint().add(owner).add(method);
            className = beginning(className);
            methodName = beginning(methodName) + whole;
        }
        return owner.substring(0, simple) + className + "$" + methodName + end;
    }

    /** The name of the method that holds the code. */
    static String body(String method, int number) {
        return (method.startsWith(LAMBDA) ? "" : LAMBDA) + method + MADE + number;
    }

    /** Without dollar signs, and without what the names of methods may have in other languages, but those of files may not. */
    private static String plain(String method) {
        StringBuilder plain = new StringBuilder();
        method.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '-'));
        return plain.toString();
    }

    private static boolean isPlain(int codePoint) {
        return Character.isJavaIdentifierPart(codePoint)
                && !Character.isIdentifierIgnorable(codePoint)
                && codePoint != '$';
    }

    private static String beginning(String name) {
        int end = Math.min(name.length(), LONGEST_PART);
        while (bytes(name.substring(0, end)) > LONGEST_PART) {
            end--;
        }
        return Character.isHighSurrogate(name.charAt(end - 1)) ? name.substring(0, end - 1) : name.substring(0, end);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
