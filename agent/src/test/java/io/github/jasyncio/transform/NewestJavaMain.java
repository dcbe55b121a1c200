package io.github.jasyncio.transform;

import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;

/** The matrix on a newer JDK than the build's: compiled by its javac, verified and run by its virtual machine. */
final class NewestJavaMain {

    private NewestJavaMain() {}

    /** Ends with an exception, and so with exit code 1, if something differs. */
    public static void main(String[] arguments) {
        compare("java8", "--release", "8", "-Xlint:-options", "-g");
        compare("java17", "--release", "25", "-g:none");
        compare("java21", "--release", "21", "-g:none");
        compare("java21", "--release", "25", "-g");
        compare("java25", "--release", "25", "-g", "-XDstringConcat=inline");
    }

    private static void compare(String targets, String... options) {
        Compiler compiler = Compiler.javac(options);
        Target.in(compiler.compilePackage(MatrixTest.TARGETS + targets)).forEach(Target::compare);
        System.out.println("the constructs of " + targets + ", compiled by " + compiler + ", do what their twins do");
    }
}
