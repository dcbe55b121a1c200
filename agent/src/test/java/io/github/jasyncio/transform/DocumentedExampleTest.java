package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Printer;

/** The example in the package documentation of the transformer: what it shows is what is made. */
class DocumentedExampleTest {

    private static final Path DOCUMENTATION = Path.of("src/main/java/io/github/jasyncio/transform/package-info.java");
    private static final Pattern CODE = Pattern.compile("<pre>\\{@code\\n(.*?)\\}</pre>", Pattern.DOTALL);

    private static List<String> listings() throws IOException {
        String text = Files.readString(DOCUMENTATION).replaceAll("(?m)^ \\* ?", "");
        return CODE.matcher(text).results().map(result -> result.group(1)).toList();
    }

    @Test
    void the_listing_of_the_body_is_what_the_transformer_makes_of_the_source() throws IOException {
        List<String> listings = listings();
        String source = listings.get(0)
                .replace("}\n}", "}\n    Coroutine<Integer> price(int n) { return Coroutine.of(n); }\n}");
        String body = listings.get(2);

        byte[] compiled = CompiledSource.compileOne("Shop", """
                import io.github.jasyncio.*;
                import static io.github.jasyncio.Asyncio.await;
                """ + source, "-g");

        assertThat(mnemonicsOf(Transformer.transform(compiled).classFile(), "lambda$total$async$0"))
                .isEqualTo(mnemonics(body));
    }

    private static List<String> mnemonics(String listing) {
        List<String> mnemonics = new ArrayList<>();
        for (String line : listing.lines().skip(1).toList()) {
            String code = line.replaceAll("//.*", "").strip();
            if (!code.endsWith(":")) {
                Matcher first = Pattern.compile("(?:^|; )(\\w+)").matcher(code);
                mnemonics.addAll(first.results()
                        .map(MatchResult::group)
                        .map(m -> m.replace("; ", ""))
                        .toList());
            }
        }
        return mnemonics;
    }

    private static List<String> mnemonicsOf(byte[] classFile, String name) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        List<String> mnemonics = new ArrayList<>();
        for (MethodNode method : node.methods) {
            if (method.name.equals(name)) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction.getOpcode() >= 0) {
                        mnemonics.add(Printer.OPCODES[instruction.getOpcode()].toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return mnemonics;
    }
}
