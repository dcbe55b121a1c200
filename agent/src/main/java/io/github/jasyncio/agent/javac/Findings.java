package io.github.jasyncio.agent.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import io.github.jasyncio.agent.javac.ClassReport.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic.Kind;

/** What there is to say about the classes of a compilation, and how javac comes to say it. */
final class Findings {

    private final Trees trees;
    private final Declarations declarations;
    private final List<Entry> entries = new ArrayList<>();
    private boolean reported;

    private record Entry(WrittenClass written, CompilationUnitTree unit, ClassReport report) {}

    private record Message(Tree place, Kind kind) {}

    Findings(Trees trees, Declarations declarations) {
        this.trees = trees;
        this.declarations = declarations;
    }

    void add(WrittenClass written, CompilationUnitTree unit, ClassReport report) {
        if (!report.isEmpty()) {
            entries.add(new Entry(written, unit, report));
        }
    }

    /** True if anything was reported. */
    boolean haveBeenReported() {
        return reported;
    }

    /** Reports what has been added since this was last called. */
    void report() {
        Map<CompilationUnitTree, List<Entry>> byUnit = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byUnit.computeIfAbsent(entry.unit(), unit -> new ArrayList<>()).add(entry);
        }
        entries.clear();
        byUnit.forEach(this::report);
    }

    private void report(CompilationUnitTree unit, List<Entry> entries) {
        SourcePlaces places = SourcePlaces.of(unit, declarations);
        // javac drops all errors but the first at a place; and what is in a finally block is found once for each way
        // into it.
        Map<Message, Set<String>> texts = new LinkedHashMap<>();
        for (Entry entry : entries) {
            for (Finding finding : entry.report().findings()) {
                Message message = new Message(places.find(finding.diagnostic().where()), finding.kind());
                texts.computeIfAbsent(message, m -> new LinkedHashSet<>())
                        .add(finding.diagnostic().what() + "\n    "
                                + finding.diagnostic().wayOut());
            }
            Tree type = places.type(entry.written().type());
            for (String error : entry.report().errors()) {
                texts.computeIfAbsent(new Message(type, Kind.ERROR), m -> new LinkedHashSet<>())
                        .add(error);
            }
            for (String note : entry.report().notes()) {
                texts.computeIfAbsent(new Message(type, Kind.NOTE), m -> new LinkedHashSet<>())
                        .add(note);
            }
        }
        List<Message> ordered = new ArrayList<>(texts.keySet());
        ordered.sort(Comparator.comparingLong(message -> places.position(message.place())));
        for (Message message : ordered) {
            trees.printMessage(
                    message.kind(), String.join("\n", texts.getOrDefault(message, Set.of())), message.place(), unit);
        }
        reported = true;
    }
}
