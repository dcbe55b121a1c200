package io.github.jasyncio.agent.cli;

import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.ClassJar;
import io.github.jasyncio.agent.files.ClassPath;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.SourceLocation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Rewrites or checks what the command line names, and says what came of it. */
final class RewriteCommand {

    private final CommandLine commandLine;
    private final PrintStream out;
    private final PrintStream err;
    private boolean failed;

    RewriteCommand(CommandLine commandLine, PrintStream out, PrintStream err) {
        this.commandLine = commandLine;
        this.out = out;
        this.err = err;
    }

    /** The exit code. One input that fails does not keep the others from being worked on. */
    int run() {
        int count = 0;
        for (Path input : commandLine.inputs()) {
            // One for each, because a jar that needs no change is told by its having rewritten nothing.
            ClassPath classPath = new ClassPath(commandLine.inputs());
            Rewriting rewriting = new Rewriting(
                    commandLine.filter(), commandLine.failOnWarning(), classPath, commandLine.blockingCalls());
            try {
                work(input, rewriting);
            } catch (ZipException e) {
                err.println("jasyncio: " + input + " is neither a directory nor a jar: " + e.getMessage());
                failed = true;
            } catch (IOException e) {
                err.println("jasyncio: " + input + ": " + e);
                failed = true;
            }
            report(rewriting);
            if (!failed) {
                rewriting.nothingFound().ifPresent(what -> err.println("jasyncio: " + input + ": " + what));
            }
            count += rewriting.rewritten().size();
        }
        if (commandLine.verbose()) {
            out.println("jasyncio " + (commandLine.write() ? "rewrote " : "would rewrite ") + count
                    + (count == 1 ? " class" : " classes"));
        }
        return failed ? Main.FAILED : Main.OK;
    }

    private void work(Path input, Rewriting rewriting) throws IOException {
        Path output = commandLine.output();
        if (Files.isDirectory(input)) {
            ClassDirectory directory = new ClassDirectory(input);
            if (!commandLine.write()) {
                directory.check(rewriting);
            } else if (output == null) {
                directory.transform(rewriting);
            } else {
                directory.transformInto(output, rewriting);
            }
        } else {
            ClassJar jar = new ClassJar(input);
            if (!commandLine.write()) {
                jar.check(rewriting);
            } else {
                jar.transformInto(output == null ? input : output.resolve(input.getFileName()), rewriting);
            }
        }
    }

    private void report(Rewriting rewriting) {
        for (Diagnostic diagnostic : rewriting.diagnostics()) {
            err.println(describe(diagnostic, rewriting.isError(diagnostic) ? "error" : "warning"));
        }
        for (String failure : rewriting.failures()) {
            err.println("error: " + failure);
        }
        if (commandLine.verbose()) {
            for (String className : rewriting.rewritten()) {
                out.println((commandLine.write() ? "rewrote " : "would rewrite ") + className);
            }
        }
        failed |= rewriting.hasFailed();
    }

    /** In javac's form, which editors know: {@code Orders.java:42: error: ...}. */
    private static String describe(Diagnostic diagnostic, String severity) {
        SourceLocation where = diagnostic.where();
        String file = where.file() == null ? where.className() : where.file();
        String line = where.line() > 0 ? ":" + where.line() : "";
        return file + line + ": " + severity + ": " + where.className() + "." + where.methodName() + ": "
                + diagnostic.what() + "\n    " + diagnostic.wayOut();
    }
}
