package io.github.jasyncio.transform.harness;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A method of a target that is run by itself: not private, no parameters, returns {@code Coroutine} or is a test.
 *
 * @param className the target's
 * @param methodName of a static method, or of an instance method of a class with a constructor without parameters
 */
public record Construct(String className, String methodName) {

    /** All constructs of a class. */
    static List<Construct> in(String className, ClassFiles classes) {
        try {
            return Stream.of(Class.forName(className, false, new ChildFirstLoader(classes))
                            .getDeclaredMethods())
                    .filter(Construct::isConstruct)
                    .map(Method::getName)
                    .sorted(Comparator.naturalOrder())
                    .map(name -> new Construct(className, name))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * True if it awaits methods of the eager kind. A task that does so and is cancelled does not wait until they have ended: it only cancels the future that
     * they returned, and their finally blocks may run after its own.
     */
    boolean isEager() {
        return className.endsWith(".EagerTarget");
    }

    private static boolean isConstruct(Method method) {
        return method.getParameterCount() == 0
                && !method.isSynthetic()
                && !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isAbstract(method.getModifiers())
                && (method.getReturnType().getSimpleName().equals("Coroutine") || isTest(method));
    }

    /** True for what JUnit would call, and here hands over the coroutine that it would run. */
    static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class);
    }

    @Override
    public String toString() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + methodName;
    }
}
