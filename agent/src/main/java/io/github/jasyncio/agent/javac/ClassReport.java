package io.github.jasyncio.agent.javac;

import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.transform.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic.Kind;

/**
 * What there is to say about one class.
 *
 * @param findings misuse, with its places
 * @param errors what has no place but the class itself
 * @param notes the same, and no mistake
 */
record ClassReport(List<Finding> findings, List<String> errors, List<String> notes) {

    ClassReport {
        findings = List.copyOf(findings);
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }

    /** A diagnostic, and how javac is to take it. */
    record Finding(Diagnostic diagnostic, Kind kind) {}

    static ClassReport of(Rewriting rewriting, boolean verbose) {
        List<Finding> findings = new ArrayList<>();
        for (Diagnostic diagnostic : rewriting.diagnostics()) {
            findings.add(new Finding(diagnostic, rewriting.isError(diagnostic) ? Kind.ERROR : Kind.WARNING));
        }
        List<String> notes = new ArrayList<>();
        if (verbose) {
            for (String className : rewriting.rewritten()) {
                notes.add("jasyncio rewrote " + className);
            }
        }
        return new ClassReport(findings, rewriting.failures(), notes);
    }

    static ClassReport failure(String message) {
        return new ClassReport(List.of(), List.of(message), List.of());
    }

    boolean isEmpty() {
        return findings.isEmpty() && errors.isEmpty() && notes.isEmpty();
    }
}
