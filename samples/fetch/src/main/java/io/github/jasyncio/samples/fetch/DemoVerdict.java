package io.github.jasyncio.samples.fetch;

import java.io.PrintStream;
import java.util.List;

/** Says whether the pages of the server inside came out as they should. */
final class DemoVerdict {

    private final PrintStream out;

    DemoVerdict(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints the verdict.
     *
     * @param pages those of {@link DemoPage#ALL}, in their order
     * @return the exit code
     */
    int of(List<Page> pages) {
        int code = Fetch.OK;
        for (int i = 0; i < pages.size(); i++) {
            DemoPage demo = DemoPage.ALL.get(i);
            int status = pages.get(i).status();
            if (status != demo.expectedStatus()) {
                out.println(demo.path() + " should have come out as " + text(demo.expectedStatus()) + ", not as "
                        + text(status));
                code = Fetch.FAILED;
            }
        }
        if (code == Fetch.OK) {
            out.println("All as it should be: the failing pages failed, and the hanging ones were given up.");
        }
        return code;
    }

    private static String text(int status) {
        return status == 0 ? "no answer" : Integer.toString(status);
    }
}
