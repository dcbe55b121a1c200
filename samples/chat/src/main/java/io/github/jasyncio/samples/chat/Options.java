package io.github.jasyncio.samples.chat;

import io.github.jasyncio.net.ConnectOptions;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param help only tell about the program
 * @param nickname who wants to chat; null for the server
 * @param host where the server listens
 * @param port where the server listens; 0 lets the system choose one
 * @param encrypted whether connections are encrypted
 * @param keys the server's keys, or those that a client trusts; null for a client that trusts whom Java trusts
 */
record Options(
        boolean help,
        @Nullable String nickname,
        String host,
        int port,
        boolean encrypted,
        @Nullable Path keys) {

    static final String HELP = """
            Usage: chat [OPTION...]           serves
                   chat NICKNAME [OPTION...]  joins

              --host NAME   where the server listens (localhost)
              --port NUMBER its port (7777; 0 lets the system choose)
              --tls         encrypts: the server needs --keys then
              --keys FILE   a key store with the server's keys, or with those that a client trusts, whose password is in
                            the environment, CHAT_PASSWORD
              --help        show this

            What is typed is said to all in the same room; a line that begins with / is a command, /help lists them.
            Ctrl-C ends server and client, and so does the end of the input a client.
            Exit code: 0 ended, 1 there is no such server or it was lost, 2 the command line is wrong, 130 ended by Ctrl-C""";

    /** The environment variable that has the password of the key store: others can read a command line. */
    static final String PASSWORD = "CHAT_PASSWORD";

    private static final int PORT = 7777;
    private static final int HIGHEST_PORT = 65_535;

    /** A line of chat is no book, and nobody can make the server keep more of one that does not end. */
    private static final int LONGEST_LINE = 4096;

    /**
     * Reads the command line.
     *
     * @throws UsageException if it makes no sense
     */
    static Options parse(List<String> arguments) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        boolean help = false;
        String nickname = null;
        String host = "localhost";
        int port = PORT;
        boolean tls = false;
        Path keys = null;
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--host" -> host = value(argument, rest);
                case "--port" -> port = port(value(argument, rest));
                case "--tls" -> tls = true;
                case "--keys" -> keys = Path.of(value(argument, rest));
                default -> {
                    if (argument.startsWith("-") || nickname != null) {
                        throw new UsageException("'" + argument + "' was not expected");
                    }
                    nickname = argument;
                }
            }
        }
        if (tls && nickname == null && keys == null) {
            throw new UsageException("a server with --tls needs --keys");
        }
        return new Options(help, nickname, host, port, tls, keys);
    }

    private static String value(String option, Deque<String> rest) throws UsageException {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static int port(String text) throws UsageException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--port " + text + ": a number from 0 to " + HIGHEST_PORT + " was expected");
    }

    ServeOptions serveOptions() throws IOException {
        return ServeOptions.DEFAULTS.withLimit(LONGEST_LINE).withKeepAlive(true).withTls(tls());
    }

    ConnectOptions connectOptions() throws IOException {
        return ConnectOptions.DEFAULTS.withTls(tls());
    }

    private @Nullable Tls tls() throws IOException {
        return encrypted ? Tls.of(Keys.context(keys, System.getenv(PASSWORD))) : null;
    }
}
