package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What users put into their class paths must not get into the way of what they have there. */
class AgentJarIT {

    @Test
    void the_jar_holds_our_packages_and_nothing_else() throws IOException {
        assertThat(entries())
                .filteredOn(name -> !name.endsWith("/"))
                .allSatisfy(
                        name -> assertThat(name)
                                .matches(
                                        "io/github/jasyncio/(agent|transform)/.*|META-INF/(MANIFEST\\.MF|LICENSE|NOTICE)|META-INF/services/(com.sun.source.util.Plugin|javax.annotation.processing.Processor)|META-INF/maven/io.github.jasyncio/.*"));
    }

    @Test
    void asm_is_there_under_another_name() throws IOException {
        assertThat(entries()).contains("io/github/jasyncio/agent/shaded/asm/ClassReader.class");
    }

    @Test
    void no_class_refers_to_asm_by_its_own_name() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            for (ZipEntry entry :
                    jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                String content = new String(
                        jar.getInputStream(entry).readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);

                assertThat(content).as(entry.getName()).doesNotContain("org/objectweb/asm", "org.objectweb.asm");
            }
        }
    }

    @Test
    void the_jar_says_whose_work_it_holds() throws IOException {
        assertThat(entries()).contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void the_manifest_says_what_the_jvm_wants_to_know_of_an_agent() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue("Premain-Class")).isEqualTo(PreMain.class.getName());
            assertThat(manifest.getValue("Agent-Class")).isEqualTo(PreMain.class.getName());
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.github.jasyncio.agent.cli.Main");
            assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
