package io.github.jasyncio.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Javac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class loader does not see whether a directory, a class file or a jar is a symbolic link; nor may the rewriting. */
class SymbolicLinksTest {

    private static final String CLASS = "shop/Orders.class";
    private static final String FRAME = "shop/Orders$price$async$0.class";

    @TempDir
    private Path directory;

    private Path real;
    private Path linked;
    private byte[] compiled;

    @BeforeEach
    void compile() throws IOException {
        real = Files.createDirectory(directory.resolve("real"));
        linked = directory.resolve("linked");
        Javac.shop(real, "Orders", """
                class Orders {
                    @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
                }
                """);
        compiled = Files.readAllBytes(real.resolve(CLASS));
    }

    @Test
    void a_linked_directory_is_rewritten_where_it_is() throws IOException {
        Files.createSymbolicLink(linked, real);

        assertThat(transform(linked)).containsExactly("shop.Orders");

        assertThat(linked).isSymbolicLink();
        assertThat(names(real)).containsExactly(FRAME, CLASS);
        assertThat(Files.readAllBytes(real.resolve(CLASS))).isNotEqualTo(compiled);
    }

    @Test
    void a_linked_directory_is_checked() throws IOException {
        Files.createSymbolicLink(linked, real);
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);

        new ClassDirectory(linked).check(rewriting);

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(real.resolve(CLASS)).hasBinaryContent(compiled);
    }

    @Test
    void a_linked_directory_below_is_rewritten_and_found_in_another_place_too() throws IOException {
        Files.createDirectory(linked);
        Files.createSymbolicLink(linked.resolve("shop"), real.resolve("shop"));
        Path out = directory.resolve("out");
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);

        new ClassDirectory(linked).transformInto(out, rewriting);
        List<String> inPlace = transform(linked);

        assertThat(rewriting.rewritten()).containsExactly("shop.Orders");
        assertThat(names(out)).containsExactly(FRAME, CLASS);
        assertThat(inPlace).containsExactly("shop.Orders");
        assertThat(names(real)).containsExactly(FRAME, CLASS);
    }

    @Test
    void a_directory_that_is_linked_into_itself_is_walked_through_once() throws IOException {
        Files.createSymbolicLink(real.resolve("shop/again"), real);

        assertThat(transform(real)).containsExactly("shop.Orders");
    }

    @Test
    void a_link_that_leads_nowhere_is_nobodys_business() throws IOException {
        Files.createSymbolicLink(real.resolve("shop/Gone.class"), real.resolve("nowhere"));

        assertThat(transform(real)).containsExactly("shop.Orders");
    }

    @Test
    void a_linked_class_stays_a_link_and_its_frames_stand_beside_both() throws IOException {
        Files.createDirectories(linked.resolve("shop"));
        Files.createSymbolicLink(linked.resolve(CLASS), real.resolve(CLASS));

        assertThat(transform(linked)).containsExactly("shop.Orders");

        assertThat(linked.resolve(CLASS)).isSymbolicLink();
        assertThat(names(linked)).containsExactly(FRAME, CLASS);
        assertThat(names(real)).containsExactly(FRAME, CLASS);
        assertThat(transform(real)).as("it is rewritten already").isEmpty();
    }

    @Test
    void stale_frames_are_found_behind_links() throws IOException {
        Files.createSymbolicLink(linked, real);
        transform(linked);
        Files.delete(real.resolve(CLASS));

        assertThat(new ClassDirectory(linked).transform(new Rewriting(ClassFilter.ALL, false)))
                .containsExactly("shop.Orders$price$async$0");
        assertThat(names(real)).isEmpty();
    }

    @Test
    void a_linked_jar_stays_a_link() throws IOException {
        Path jar = directory.resolve("real.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(CLASS));
            zip.write(compiled);
        }
        Path link = Files.createSymbolicLink(directory.resolve("link.jar"), jar);

        new ClassJar(link).transformInto(link, new Rewriting(ClassFilter.ALL, false));

        assertThat(link).isSymbolicLink();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly(FRAME, CLASS);
        }
    }

    private static List<String> transform(Path root) throws IOException {
        Rewriting rewriting = new Rewriting(ClassFilter.ALL, false);
        new ClassDirectory(root).transform(rewriting);
        return rewriting.rewritten();
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
