package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** Rewritten code makes no classes and looks nothing up at run time, so it can go into images that are closed when they are built. */
class NoReflectionTest {

    private static final int CONSTANT_CLASS = 7;

    /** How Java code looks classes and members up, and makes new ones. */
    private static final Pattern REFLECTION = Pattern.compile(
            "java/lang/(reflect|invoke)/.*|java/lang/(Class|ClassLoader|Module)|java/util/ServiceLoader|(com/)?sun/.*|jdk/.*");

    /** On all targets of the torture tests, because each construct has its own way through the pipeline. */
    @Test
    void what_rewriting_adds_does_not_refer_to_reflection() throws IOException {
        Set<String> reflective = new TreeSet<>();
        int rewritten = 0;
        for (Path file : targets()) {
            byte[] classFile = Files.readAllBytes(file);
            Result result = Transformer.transform(classFile);
            if (!result.rewritten()) {
                continue;
            }
            rewritten++;
            Set<String> known = classNames(classFile);
            List<byte[]> made = new ArrayList<>(List.of(result.classFile()));
            for (FrameClass frame : result.frameClasses()) {
                made.add(frame.classFile());
            }
            for (byte[] content : made) {
                for (String name : classNames(content)) {
                    if (!known.contains(name) && REFLECTION.matcher(name).matches()) {
                        reflective.add(new ClassReader(content).getClassName() + " refers to " + name);
                    }
                }
            }
        }

        assertThat(reflective).isEmpty();
        assertThat(rewritten).isGreaterThan(10);
    }

    private static List<Path> targets() throws IOException {
        Path root = Path.of("target", "test-classes", "io", "github", "jasyncio", "transform", "targets");
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    /** What stands in the constant pool as a class (JVMS 4.4.1): whatever code makes, casts to, calls or catches. */
    private static Set<String> classNames(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> names = new HashSet<>();
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0 && reader.readByte(offset - 1) == CONSTANT_CLASS) {
                String name = reader.readUTF8(offset, buffer);
                if (name != null && !name.startsWith("[")) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
