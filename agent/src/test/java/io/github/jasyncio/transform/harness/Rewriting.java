package io.github.jasyncio.transform.harness;

import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.Transformer;
import java.util.Map;
import java.util.TreeMap;

/** Rewrites a set of classes and checks all that comes out. */
final class Rewriting {

    private Rewriting() {}

    /** @throws AssertionError if a class is refused, or if what comes out is not valid bytecode */
    static ClassFiles of(ClassFiles classes) {
        Map<String, byte[]> output = new TreeMap<>();
        classes.asMap().forEach((name, bytes) -> {
            Result result = Transformer.transform(bytes);
            if (result.hasErrors()) {
                throw new AssertionError(name + " was refused: " + result.diagnostics());
            }
            BytecodeCheck.check(result, classes);
            output.put(name, result.classFile());
            for (FrameClass frame : result.frameClasses()) {
                if (output.put(frame.className(), frame.classFile()) != null) {
                    throw new AssertionError("two classes are called " + frame.className());
                }
            }
        });
        return new ClassFiles(output);
    }
}
