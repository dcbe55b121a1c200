package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.net.Net.readerOf;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.KeyboardInterrupt;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** Where the program enters: reads the command line, runs the server or a client, and says how it ended. */
public final class Chat {

    /** The end was wanted. */
    static final int OK = 0;

    /** The network or the keys are no good. */
    static final int FAILED = 1;

    /** The command line makes no sense. */
    static final int USAGE = 2;

    /** Ctrl-C: what shells expect of a program that ended because of it. */
    static final int INTERRUPTED = 130;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Chat(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Ends the process with one of the exit codes that {@code --help} names. */
    public static void main(String[] arguments) {
        System.exit(new Chat(System.in, System.out, System.err).start(List.of(arguments)));
    }

    int start(List<String> arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.println(Options.HELP);
            } else {
                run(options.nickname() == null ? serve(options) : join(options, options.nickname()));
            }
            return OK;
        } catch (UsageException e) {
            err.println("chat: " + e.getMessage());
            err.println("chat --help tells more");
            return USAGE;
        } catch (IOException e) {
            err.println("chat: " + e.getMessage());
            return FAILED;
        } catch (KeyboardInterrupt e) {
            return INTERRUPTED; // everything has ended in order before
        }
    }

    @Async
    private Coroutine<Void> serve(Options options) throws IOException {
        return new ChatServer(options.serveOptions(), out::println).serve(options.host(), options.port());
    }

    @Async
    private Coroutine<Void> join(Options options, String nickname) throws IOException {
        return new ChatClient(readerOf(in), out::println)
                .chat(options.host(), options.port(), options.connectOptions(), nickname);
    }
}
