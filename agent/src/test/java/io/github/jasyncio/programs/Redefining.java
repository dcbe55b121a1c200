package io.github.jasyncio.programs;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;

/** An agent and a program: what a debugger and a profiler do to a class with async methods, {@code shop.Orders}. */
public final class Redefining {

    private static Instrumentation instrumentation;

    private Redefining() {}

    public static void premain(String text, Instrumentation given) {
        instrumentation = given;
        // Says that it changed every class, as coverage agents do, and gives the bytes that it got.
        given.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            java.security.ProtectionDomain domain,
                            byte[] classFile) {
                        return "shop/Orders".equals(name) ? classFile : null;
                    }
                },
                true);
    }

    /** Prints the price, retransforms, prints it again, and then once after each redefinition with one of these class files. */
    public static void main(String[] classFiles) throws Exception {
        Class<?> orders = Class.forName("shop.Orders");
        print(orders);
        instrumentation.retransformClasses(orders);
        print(orders);
        for (String classFile : classFiles) {
            try {
                instrumentation.redefineClasses(new ClassDefinition(orders, Files.readAllBytes(Path.of(classFile))));
            } catch (UnsupportedOperationException e) {
                System.out.println("refused");
            }
            print(orders);
        }
    }

    private static void print(Class<?> orders) throws ReflectiveOperationException {
        Object coroutine = orders.getMethod("price").invoke(null);
        Execution execution = new Execution();
        execution.run((Frame<?>) coroutine);
        System.out.println(execution.resume(execution.innermost(), 10, null) + " in line "
                + ((Frame<?>) orders.getMethod("price").invoke(null)).location().getLineNumber());
    }
}
