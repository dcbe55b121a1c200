package io.github.jasyncio.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.Javac;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jar has beside its classes is the same afterwards. */
class KeptInJarsTest {

    private static final String CLASS = "shop/Orders.class";
    private static final String FRAME = "shop/Orders$price$async$0.class";
    private static final byte[] SCRIPT = "#!/bin/sh\nexec java -jar \"$0\" \"$@\"\n".getBytes(StandardCharsets.UTF_8);
    /** A field of a kind that nobody knows. */
    private static final byte[] EXTRA = {(byte) 0xFE, (byte) 0x7F, 3, 0, 'a', 'b', 'c'};

    @TempDir
    private Path directory;

    private Path jar;
    private byte[] orders;

    @BeforeEach
    void compile() throws IOException {
        jar = directory.resolve("shop.jar");
        Javac.shop(directory, "Orders", """
                class Orders {
                    @Async Coroutine<Integer> price(Coroutine<Integer> c) { return Coroutine.of(await(c) + 1); }
                }
                """);
        orders = Files.readAllBytes(directory.resolve(CLASS));
    }

    @ParameterizedTest(name = "offsets that count the script: {0}")
    @ValueSource(booleans = {false, true})
    void a_start_script_stays_before_the_jar(boolean counted) throws IOException {
        byte[] plain = zip("META-INF/MANIFEST.MF", "a.txt", CLASS, "z.txt");
        Files.write(jar, withPrefix(plain, counted));

        transform(jar, jar);

        byte[] rewritten = Files.readAllBytes(jar);
        assertThat(Arrays.copyOf(rewritten, SCRIPT.length)).isEqualTo(SCRIPT);
        assertThat(names(jar)).containsExactly("META-INF/MANIFEST.MF", "a.txt", FRAME, CLASS, "z.txt");
        assertThat(content("z.txt")).isEqualTo("z.txt".getBytes(StandardCharsets.UTF_8));
        assertThat(localOffset(rewritten)).isEqualTo(counted ? SCRIPT.length : 0);
    }

    @Test
    void the_bytes_of_other_entries_are_the_same() throws IOException {
        byte[] plain = zip("META-INF/MANIFEST.MF", "a.txt", CLASS, "z.txt");
        Files.write(jar, plain);

        transform(jar, jar);

        byte[] rewritten = Files.readAllBytes(jar);
        int begin = indexOf(plain, CLASS) - Archive.LOCAL_SIZE;
        assertThat(Arrays.copyOf(rewritten, begin)).isEqualTo(Arrays.copyOf(plain, begin));
        int plainLast = indexOf(plain, "z.txt");
        int last = indexOf(rewritten, "z.txt");
        int length = indexOf(plain, "META-INF/MANIFEST.MF", plainLast) - Archive.CENTRAL_SIZE - plainLast;
        assertThat(Arrays.copyOfRange(rewritten, last, last + length))
                .isEqualTo(Arrays.copyOfRange(plain, plainLast, plainLast + length));
    }

    @Test
    void comments_and_extra_fields_stay() throws IOException {
        Files.write(jar, zip("META-INF/MANIFEST.MF", CLASS));

        transform(jar, jar);

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getComment()).isEqualTo("made by hand");
            for (String name : List.of("META-INF/MANIFEST.MF", CLASS)) {
                assertThat(zip.getEntry(name).getComment()).isEqualTo("comment on " + name);
                assertThat(zip.getEntry(name).getExtra()).endsWith(EXTRA);
                assertThat(zip.getEntry(name).getTime()).isEqualTo(981_173_106_000L);
            }
            assertThat(zip.getEntry(FRAME).getComment()).isNull();
            assertThat(zip.getEntry(FRAME).getTime()).isEqualTo(981_173_106_000L);
        }
    }

    @Test
    void entries_keep_their_modes_and_frames_have_that_of_their_class() throws IOException {
        try (FileSystem zip = modes(true)) {
            Files.createDirectories(zip.getPath("shop"));
            set(Files.write(zip.getPath(CLASS), orders), "rw-r-----");
            set(Files.writeString(zip.getPath("run.sh"), "echo"), "rwxr-x--x");
        }

        transform(jar, jar);

        try (FileSystem zip = modes(false)) {
            assertThat(get(zip.getPath("run.sh"))).isEqualTo("rwxr-x--x");
            assertThat(get(zip.getPath(CLASS))).isEqualTo("rw-r-----");
            assertThat(get(zip.getPath(FRAME))).isEqualTo("rw-r-----");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rw-------", "r--r--r--"})
    void the_jar_keeps_its_mode_in_place_and_elsewhere(String mode) throws IOException {
        Files.write(jar, zip(CLASS));
        assumeTrue(Files.getFileStore(jar).supportsFileAttributeView("posix"));
        set(jar, mode);
        Path other = directory.resolve("out/shop.jar");

        transform(jar, other);
        transform(jar, jar);

        assertThat(get(jar)).isEqualTo(mode);
        assertThat(get(other)).isEqualTo(mode);
        assertThat(names(jar)).hasSize(2);
    }

    @Test
    void files_of_a_directory_keep_their_modes_too() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        set(directory.resolve(CLASS), "rw-r-----");
        set(Files.writeString(directory.resolve("shop/run.sh"), "echo"), "rwxr-x---");
        Path out = directory.resolveSibling(directory.getFileName() + "-out");

        new ClassDirectory(directory).transformInto(out, new Rewriting(ClassFilter.ALL, false));
        new ClassDirectory(directory).transform(new Rewriting(ClassFilter.ALL, false));

        for (Path root : List.of(directory, out)) {
            assertThat(get(root.resolve(CLASS))).isEqualTo("rw-r-----");
            assertThat(get(root.resolve(FRAME))).isEqualTo("rw-r-----");
            assertThat(get(root.resolve("shop/run.sh"))).isEqualTo("rwxr-x---");
        }
        for (String name : List.of(FRAME, CLASS, "shop/run.sh")) {
            Files.delete(out.resolve(name));
        }
        Files.delete(out.resolve("shop"));
        Files.delete(out);
    }

    @Test
    void a_jar_in_which_nothing_is_rewritten_is_copied_byte_for_byte() throws IOException {
        byte[] plain = withPrefix(zip("a.txt"), false);
        Files.write(jar, plain);
        Path other = directory.resolve("out/shop.jar");

        transform(jar, other);

        assertThat(other).hasBinaryContent(plain);
    }

    @Test
    void more_entries_than_the_old_format_can_count_are_rewritten() throws IOException {
        int count = 66_000;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(0);
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry("empty/" + i));
            }
            zip.putNextEntry(new ZipEntry(CLASS));
            zip.write(orders);
        }

        transform(jar, jar);

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.size()).isEqualTo(count + 2);
            assertThat(zip.getEntry(FRAME)).isNotNull();
        }
    }

    @ParameterizedTest(name = "before its class: {0}")
    @ValueSource(booleans = {true, false})
    void frames_of_an_earlier_rewriting_go_wherever_they_stand(boolean before) throws IOException {
        Path earlier = Files.createDirectory(directory.resolve("earlier"));
        Javac.shop(earlier, "Orders", """
                class Orders {
                    @Async Coroutine<Integer> price(Coroutine<Integer> c) { long l = await(c); return Coroutine.of(await(c) + (int) l); }
                }
                """);
        new ClassDirectory(earlier).transform(new Rewriting(ClassFilter.ALL, false));
        byte[] stale = Files.readAllBytes(earlier.resolve(FRAME));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : before ? List.of(FRAME, CLASS) : List.of(CLASS, FRAME)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.equals(CLASS) ? orders : stale);
            }
        }

        transform(jar, jar);

        assertThat(names(jar)).containsExactly(FRAME, CLASS);
        assertThat(content(FRAME)).isNotEqualTo(stale);
    }

    @Test
    void a_damaged_jar_is_refused_and_stays() throws IOException {
        byte[] plain = zip(CLASS);
        int middle = indexOf(plain, CLASS) + 300;
        plain[middle] ^= 1;
        Files.write(jar, plain);

        assertThatThrownBy(() -> transform(jar, jar))
                .isInstanceOf(ZipException.class)
                .hasMessageStartingWith("it is damaged: " + CLASS);
        assertThat(jar).hasBinaryContent(plain);
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void what_is_cut_off_is_refused() throws IOException {
        byte[] plain = zip(CLASS);
        for (int length = 0; length < plain.length; length += 7) {
            Files.write(jar, Arrays.copyOf(plain, length));

            assertThatThrownBy(() -> transform(jar, jar)).isInstanceOf(ZipException.class);
        }
    }

    // ------------------------------------------------------------------------------------------------ jars

    private byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setComment("made by hand");
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTime(981_173_106_000L);
                entry.setComment("comment on " + name);
                entry.setExtra(EXTRA);
                zip.putNextEntry(entry);
                zip.write(name.equals(CLASS) ? orders : name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** As {@code cat script jar} makes it; or as {@code zip -A} does, which counts the script. */
    private static byte[] withPrefix(byte[] plain, boolean counted) throws IOException {
        byte[] moved = plain.clone();
        if (counted) {
            int end = plain.length - Archive.END_SIZE - "made by hand".length();
            int central = littleEndian(plain, end + 16);
            putLittleEndian(moved, end + 16, central + SCRIPT.length);
            int at = central;
            while (at < end) {
                putLittleEndian(moved, at + 42, littleEndian(plain, at + 42) + SCRIPT.length);
                at += Archive.CENTRAL_SIZE + s2(plain, at + 28) + s2(plain, at + 30) + s2(plain, at + 32);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SCRIPT);
        out.write(moved);
        return out.toByteArray();
    }

    /** Where the first entry begins, as the directory has it. */
    private static int localOffset(byte[] zip) {
        int end = zip.length - Archive.END_SIZE - "made by hand".length();
        int size = littleEndian(zip, end + 12);
        return littleEndian(zip, end - size + 42);
    }

    private static int s2(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return s2(bytes, at) | s2(bytes, at + 2) << 16;
    }

    private static void putLittleEndian(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        return indexOf(bytes, text, 0);
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    private FileSystem modes(boolean create) throws IOException {
        return FileSystems.newFileSystem(
                URI.create("jar:" + jar.toUri()),
                Map.of("create", String.valueOf(create), "enablePosixFileAttributes", "true"));
    }

    private static void set(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String get(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void transform(Path source, Path target) throws IOException {
        new ClassJar(source).transformInto(target, new Rewriting(ClassFilter.ALL, false));
    }

    private byte[] content(String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
