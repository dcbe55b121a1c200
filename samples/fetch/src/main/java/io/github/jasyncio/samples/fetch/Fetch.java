package io.github.jasyncio.samples.fetch;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.KeyboardInterrupt;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/** Where the program enters: reads the command line, lets a {@link Crew} fetch the pages, prints the table, and says how it went. */
public final class Fetch {

    /** All pages are good; of the demo, all came out as they should. */
    static final int OK = 0;

    /** At least one page is not. */
    static final int FAILED = 1;

    /** The command line makes no sense. */
    static final int USAGE = 2;

    /** Ctrl-C: what shells expect of a program that ended because of it. */
    static final int INTERRUPTED = 130;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEMO_TIMEOUT = Duration.ofSeconds(5);

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Fetch(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Ends the process with one of the exit codes that {@code --help} names. */
    public static void main(String[] arguments) {
        System.exit(new Fetch(System.in, System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.println(Options.HELP);
                return OK;
            }
            if (options.addresses().isEmpty()) {
                return runDemo(options);
            }
            Board board = new Board(Addresses.resolve(options.addresses(), in));
            return run(board, options, DEFAULT_TIMEOUT, pages -> pages.stream().allMatch(Page::isGood) ? OK : FAILED);
        } catch (UsageException e) {
            err.println("fetch: " + e.getMessage());
            err.println("fetch --help tells more");
            return USAGE;
        } catch (IOException e) {
            err.println("fetch: " + e);
            return FAILED;
        }
    }

    private int runDemo(Options options) throws IOException {
        try (DemoServer server = DemoServer.start()) {
            out.println("No URLs given (fetch --help): fetching the pages of a server inside this program.");
            out.println();
            List<URI> urls = DemoPage.ALL.stream().map(server::url).toList();
            return run(new Board(urls), options, DEMO_TIMEOUT, new DemoVerdict(out)::of);
        }
    }

    private int run(Board board, Options options, Duration defaultTimeout, ToIntFunction<List<Page>> verdict) {
        Duration timeout = options.timeout().orElse(defaultTimeout);
        Crew crew = new Crew(board, new Download(timeout), options.limit());
        ProgressLine line = new ProgressLine(board, err);
        long begin = System.nanoTime();
        boolean isInterrupted = false;
        try {
            Asyncio.run(options.progress() ? crew.fetchAllShowing(line) : crew.fetchAll());
        } catch (KeyboardInterrupt e) {
            isInterrupted = true;
        }
        new Table(out).print(board.pages(), Duration.ofNanos(System.nanoTime() - begin));
        if (isInterrupted) {
            out.println("Interrupted.");
            return INTERRUPTED;
        }
        return verdict.applyAsInt(board.pages());
    }
}
