package io.github.jasyncio.maven;

import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.SourceLocation;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Writes diagnostics as javac's are written under Maven, so that IDEs make links of them. */
final class Findings {

    private final Log log;
    private final List<String> sourceRoots;

    Findings(Log log, List<String> sourceRoots) {
        this.log = log;
        this.sourceRoots = sourceRoots;
    }

    /**
     * Reports everything, each finding once.
     *
     * @param verb what was done to the classes, as in {@code rewrote}
     * @param verbose name each of them
     * @throws MojoFailureException with the number of errors, if there are any
     */
    void report(Rewriting rewriting, String verb, boolean verbose) throws MojoFailureException {
        int errors = 0;
        for (Diagnostic diagnostic : rewriting.diagnostics()) {
            if (rewriting.isError(diagnostic)) {
                log.error(describe(diagnostic));
                errors++;
            } else {
                log.warn(describe(diagnostic));
            }
        }
        for (String failure : rewriting.failures()) {
            log.error(failure);
            errors++;
        }
        if (verbose) {
            rewriting.rewritten().forEach(name -> log.info(verb + " " + name));
        }
        int count = rewriting.rewritten().size();
        if (count > 0) {
            log.info("jasyncio " + verb + " " + (count == 1 ? "1 class" : count + " classes"));
        }
        rewriting.nothingFound().ifPresent(what -> log.info("jasyncio " + verb + " nothing: " + what));
        if (rewriting.hasFailed()) {
            throw new MojoFailureException(
                    errors == 1
                            ? "jasyncio found 1 error, which stands above"
                            : "jasyncio found " + errors + " errors, which stand above");
        }
    }

    private String describe(Diagnostic diagnostic) {
        SourceLocation where = diagnostic.where();
        // As javac's under Maven are, which leave out what they do not know: IDEs make links of them.
        String line = where.line() > 0 ? ":[" + where.line() + "]" : "";
        return source(where) + line + " " + where.className() + "." + where.methodName() + ": " + diagnostic.what()
                + "\n    " + diagnostic.wayOut();
    }

    /** The path of the source file if it is found; otherwise what the class file says of it. */
    private String source(SourceLocation where) {
        String file = where.file();
        if (file == null) {
            return where.className();
        }
        int packageEnd = where.className().lastIndexOf('.');
        String relative = where.className().substring(0, packageEnd + 1).replace('.', '/') + file;
        for (String root : sourceRoots) {
            File candidate = new File(root, relative);
            if (candidate.isFile()) {
                return candidate.getPath();
            }
        }
        return file;
    }
}
