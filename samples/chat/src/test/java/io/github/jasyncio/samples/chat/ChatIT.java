package io.github.jasyncio.samples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.jasyncio.samples.chat.RunningChat.Ended;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that the build made, as users run it: server and clients in processes of their own. */
@Timeout(120)
class ChatIT {

    private static final String PASSWORD = "secret";

    @TempDir
    private Path directory;

    private final List<RunningChat> running = new ArrayList<>();

    @AfterEach
    void end_what_is_left() {
        running.forEach(RunningChat::close);
    }

    private RunningChat start(String... arguments) throws IOException {
        RunningChat chat = RunningChat.start(PASSWORD, arguments);
        running.add(chat);
        return chat;
    }

    /** A server at a port that is free, and what clients add to their command line. */
    private List<String> options(RunningChat server, List<String> encryption) throws IOException {
        List<String> options = new ArrayList<>(encryption);
        options.add("--port");
        options.add(server.prints("chat listens at localhost, port ").replaceFirst(".* ", ""));
        return options;
    }

    private RunningChat join(String nickname, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(nickname);
        RunningChat client = start(arguments.toArray(String[]::new));
        client.prints("* you are in lobby");
        return client;
    }

    private List<String> encryption(String kind) throws Exception {
        return kind.equals("plain")
                ? List.of()
                : List.of("--tls", "--keys", keyStore().toString());
    }

    /** As the README says. */
    private Path keyStore() throws Exception {
        Path keys = directory.resolve("keys.p12");
        if (!Files.exists(keys)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "chat",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keys.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
            assertThat(keytool.waitFor()).as(output).isZero();
        }
        return keys;
    }

    /** True where signals are ignored that a child inherits so: the background jobs of a shell without job control. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn:\t0");
        return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & 0b10) != 0;
    }

    // ------------------------------------------------------------------------------------------------ tests

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void two_clients_chat_and_the_end_of_the_input_ends_them(String kind) throws Exception {
        List<String> encryption = encryption(kind);
        List<String> serving = new ArrayList<>(encryption);
        serving.addAll(List.of("--port", "0"));
        List<String> options = options(start(serving.toArray(String[]::new)), encryption);
        RunningChat ann = join("ann", options);
        RunningChat bob = join("bob", options);

        ann.types("hello bob, gr\u00fc\u00df dich");
        bob.prints("ann: hello bob, gr\u00fc\u00df dich");
        bob.types("hello ann");
        ann.prints("bob: hello ann");

        bob.endsInput();
        assertThat(bob.ended()).isEqualTo(new Ended(Chat.OK, List.of("bob: hello ann", "* bye, bob")));
        ann.prints("* bob goes");
        ann.types("/quit");
        assertThat(ann.ended()).isEqualTo(new Ended(Chat.OK, List.of("* bye, ann")));
    }

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void ctrl_c_ends_a_client_and_then_the_server_with_a_word_to_those_who_are_there(String kind) throws Exception {
        assumeFalse(isInterruptIgnored(), "whoever started this build lets all its processes ignore Ctrl-C");
        List<String> encryption = encryption(kind);
        List<String> serving = new ArrayList<>(encryption);
        serving.addAll(List.of("--port", "0"));
        RunningChat server = start(serving.toArray(String[]::new));
        List<String> options = options(server, encryption);
        RunningChat ann = join("ann", options);
        RunningChat bob = join("bob", options);
        ann.prints("* bob comes in");

        bob.interrupt();
        assertThat(bob.ended()).isEqualTo(new Ended(Chat.INTERRUPTED, List.of()));
        ann.prints("* bob goes");

        server.interrupt();
        assertThat(server.ended()).isEqualTo(new Ended(Chat.INTERRUPTED, List.of("chat ends; guests: 1")));
        assertThat(ann.ended()).isEqualTo(new Ended(Chat.OK, List.of("* the server ends, bye")));
    }

    @Test
    void any_program_that_sends_lines_is_a_client() throws Exception {
        List<String> options = options(start("--port", "0"), List.of());
        RunningChat ann = join("ann", options);
        try (Socket socket = new Socket("localhost", Integer.parseInt(options.get(1)))) {
            socket.getOutputStream().write("raw\nhello from nowhere\n".getBytes(UTF_8));
            ann.prints("raw: hello from nowhere");
            socket.setSoLinger(true, 0); // a reset
        }
        ann.prints("* raw goes");
    }

    @Test
    void what_goes_wrong_is_said_in_a_line() throws Exception {
        assertThat(start("--port", "x").ended())
                .isEqualTo(new Ended(
                        Chat.USAGE,
                        List.of("chat: --port x: a number from 0 to 65535 was expected", "chat --help tells more")));
        assertThat(start("--tls", "--keys", directory.resolve("none.p12").toString())
                        .ended()
                        .exitCode())
                .isEqualTo(Chat.FAILED);
        Ended nobodyThere = start("ann", "--port", "1").ended();
        assertThat(nobodyThere.exitCode()).isEqualTo(Chat.FAILED);
        assertThat(nobodyThere.output()).singleElement().asString().contains("Connection refused");
    }

    @Test
    void a_client_does_not_trust_a_certificate_that_nobody_vouches_for() throws Exception {
        List<String> encryption = encryption("tls");
        List<String> serving = new ArrayList<>(encryption);
        serving.addAll(List.of("--port", "0"));
        List<String> options = options(start(serving.toArray(String[]::new)), List.of("--tls"));
        options.add("ann");

        Ended ended = start(options.toArray(String[]::new)).ended();

        assertThat(ended.exitCode()).isEqualTo(Chat.FAILED);
        assertThat(ended.output()).singleElement().asString().contains("certif");
    }
}
