package io.github.jasyncio.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Javac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassJarTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2001, 2, 3, 4, 5, 6);
    private static final byte[] TEXT = "1\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Path jar;
    private byte[] orders;

    @BeforeEach
    void compileAClass() throws IOException {
        jar = directory.resolve("shop.jar");
        String source = """
                class Orders {
                    @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
                }
                """;
        Javac.shop(directory, "Orders", source);
        orders = Files.readAllBytes(directory.resolve("shop/Orders.class"));
    }

    @Test
    void entries_keep_their_order_and_frames_stand_before_their_class() throws IOException {
        write(
                jar,
                entries(
                        "META-INF/MANIFEST.MF",
                        TEXT,
                        "shop/prices.txt",
                        TEXT,
                        "shop/Orders.class",
                        orders,
                        "z.txt",
                        TEXT));

        transform(jar, jar);

        assertThat(read(jar))
                .map(ZipEntry::getName)
                .hasSize(5)
                .startsWith("META-INF/MANIFEST.MF", "shop/prices.txt")
                .endsWith("shop/Orders.class", "z.txt");
        assertThat(read(jar).get(2).getName()).startsWith("shop/Orders$price$async$");
    }

    @Test
    void the_classes_are_those_that_a_directory_gets() throws IOException {
        write(jar, entries("shop/Orders.class", orders));

        transform(jar, jar);
        new ClassDirectory(directory).transform(new Rewriting(ClassFilter.ALL, false));

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : read(jar)) {
                assertThat(zip.getInputStream(entry).readAllBytes())
                        .isEqualTo(Files.readAllBytes(directory.resolve(entry.getName())));
            }
        }
    }

    @Test
    void entries_keep_time_and_manner_of_storing() throws IOException {
        write(jar, entries("shop/Orders.class", orders, "stored.txt", TEXT));

        transform(jar, jar);

        assertThat(read(jar))
                .allSatisfy(entry -> assertThat(entry.getTimeLocal()).isEqualTo(TIME));
        assertThat(read(jar))
                .extracting(ZipEntry::getMethod)
                .containsExactly(ZipEntry.DEFLATED, ZipEntry.DEFLATED, ZipEntry.STORED);
    }

    @Test
    void a_jar_that_needs_no_change_is_not_touched() throws IOException {
        write(jar, entries("shop/Orders.class", orders));
        transform(jar, jar);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(jar, old);

        transform(jar, jar);

        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(old);
    }

    @Test
    void the_same_jar_gives_the_same_jar() throws IOException {
        write(jar, entries("shop/Orders.class", orders));

        transform(jar, directory.resolve("a.jar"));
        transform(jar, directory.resolve("b.jar"));

        assertThat(directory.resolve("a.jar")).hasSameBinaryContentAs(directory.resolve("b.jar"));
    }

    @Test
    void in_a_multi_release_jar_frames_stay_with_their_version() throws IOException {
        write(jar, entries("shop/Orders.class", orders, "META-INF/versions/21/shop/Orders.class", orders));

        Rewriting rewriting = transform(jar, jar);

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders", "shop.Orders");
        List<String> names = read(jar).stream().map(ZipEntry::getName).toList();
        assertThat(names).hasSize(4);
        assertThat(names.get(2)).isEqualTo("META-INF/versions/21/" + names.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOT-INF/classes/", "WEB-INF/classes/"})
    void in_an_application_frames_stay_with_its_classes(String root) throws IOException {
        write(jar, entries(root + "shop/Orders.class", orders));

        Rewriting rewriting = transform(jar, jar);

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(read(jar))
                .extracting(ZipEntry::getName)
                .satisfiesExactly(
                        frame -> assertThat(frame).startsWith(root + "shop/Orders$price$async$"),
                        own -> assertThat(own).isEqualTo(root + "shop/Orders.class"));
    }

    @Test
    void a_signed_jar_is_refused_and_left_alone() throws IOException {
        write(jar, entries("META-INF/SHOP.SF", TEXT, "shop/Orders.class", orders));
        byte[] before = Files.readAllBytes(jar);

        assertThatThrownBy(() -> transform(jar, jar))
                .isInstanceOf(SignedJarException.class)
                .hasMessage(
                        jar + " is signed (META-INF/SHOP.SF): rewriting its classes would break the signature; rewrite"
                                + " first and sign then");
        assertThat(jar).hasBinaryContent(before);
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void check_reports_and_writes_nothing() throws IOException {
        write(jar, entries("shop/Orders.class", orders));
        byte[] before = Files.readAllBytes(jar);
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);

        new ClassJar(jar).check(rewriting);

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(jar).hasBinaryContent(before);
    }

    private static Rewriting transform(Path source, Path target) throws IOException {
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);
        new ClassJar(source).transformInto(target, rewriting);
        return rewriting;
    }

    private static Map<String, byte[]> entries(Object... namesAndContents) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            entries.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
        }
        return entries;
    }

    private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                if (each.getKey().equals("stored.txt")) {
                    CRC32 crc = new CRC32();
                    crc.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
    }

    private static List<ZipEntry> read(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().<ZipEntry>map(entry -> entry).toList();
        }
    }
}
