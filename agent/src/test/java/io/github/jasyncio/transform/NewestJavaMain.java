package io.github.jasyncio.transform;

import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;

/** The matrix on a newer JDK than the build's: compiled by its javac, verified and run by its virtual machine. */
final class NewestJavaMain {

    private NewestJavaMain() {}

    /** Ends with an exception, and so with exit code 1, if something differs. */
    public static void main(String[] arguments) {
        compare("java8", Compiler.javac("--release", "8", "-Xlint:-options", "-g"));
        compare("java17", Compiler.javac("--release", "25", "-g:none"));
        compare("java21", Compiler.javac("--release", "21", "-g:none"));
        compare("java21", Compiler.javac("--release", "25", "-g"));
        compare("java21", Compiler.ecj("-21", "-g", "-nowarn"));
        compare("java25", Compiler.javac("--release", "25", "-g", "-XDstringConcat=inline"));
    }

    private static void compare(String targets, Compiler compiler) {
        Target.in(compiler.compilePackage(MatrixTest.TARGETS + targets)).stream()
                .filter(target ->
                        target.classes().areValid()) // of pattern switches, the Eclipse compiler makes invalid classes
                .forEach(Target::compare);
        System.out.println("the constructs of " + targets + ", compiled by " + compiler + ", do what their twins do");
    }
}
