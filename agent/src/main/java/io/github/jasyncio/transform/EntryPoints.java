package io.github.jasyncio.transform;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods somebody calls who awaits nothing: the program's {@code main}, for the JVM, and tests, for JUnit Jupiter. */
final class EntryPoints {

    private static final String JUPITER = "Lorg/junit/jupiter/api/";

    /** The annotation of ours, as it is written; it does without {@code @Async}. */
    static final String ASYNC_TEST = "@AsyncTest";

    /** Descriptors of the annotations, and how they are written. Known by name: what is composed of them is not seen. */
    private static final Map<String, String> TEST_ANNOTATIONS = Stream.of(
                    JUPITER + "Test;",
                    JUPITER + "BeforeEach;",
                    JUPITER + "AfterEach;",
                    JUPITER + "BeforeAll;",
                    JUPITER + "AfterAll;",
                    JUPITER + "RepeatedTest;",
                    JUPITER + "TestTemplate;",
                    "Lorg/junit/jupiter/params/ParameterizedTest;",
                    CoreNames.ASYNC_TEST_ANNOTATION)
            .collect(Collectors.toMap(
                    name -> name, name -> "@" + name.substring(name.lastIndexOf('/') + 1, name.length() - 1)));

    private EntryPoints() {}

    /** The {@code main} of a program, in any form that a JVM from Java 17 to 25 starts (JLS 12.1.4); it may be an instance method. */
    static boolean isMain(MethodNode method) {
        return method.name.equals("main")
                && (method.access & Opcodes.ACC_PRIVATE) == 0
                && (method.desc.equals("([Ljava/lang/String;)V") || method.desc.equals("()V"));
    }

    /** The annotation that makes a method a test, or something to do before or after tests, as it is written; null if there is none. */
    static @Nullable String testAnnotation(MethodNode method) {
        List<AnnotationNode> annotations = method.visibleAnnotations;
        return annotations == null
                ? null
                : annotations.stream()
                        .map(annotation -> TEST_ANNOTATIONS.get(annotation.desc))
                        .filter(written -> written != null)
                        .findFirst()
                        .orElse(null);
    }
}
