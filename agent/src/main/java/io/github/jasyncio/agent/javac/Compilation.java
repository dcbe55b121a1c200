package io.github.jasyncio.agent.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One run of javac, as its events tell of it: has each class rewritten right after javac has written it.
 *
 * <p>What there is to say is kept until the last class is written, because javac writes no more classes after an error, and the mistakes of
 * all classes are to be reported at once.
 */
final class Compilation implements TaskListener {

    private static final String UNREACHABLE = """
            jasyncio cannot reach the classes that javac writes, because its annotation processor was not started.
            Put its jar first on the processor path, and leave out -proc:none; if processors are named, name %s, too.
            Or open another way to it: -XDaccessInternalAPI""";
    private static final String NOT_FOUND = """
            jasyncio does not find the class %s that javac has written: the file manager keeps it where annotation processors cannot read.
            Open another way to it: -XDaccessInternalAPI""";

    private final JavacTask task;
    private final String[] arguments;
    private final Outstanding outstanding = new Outstanding();
    private final Declarations declarations;
    private final Findings findings;

    private @Nullable ProcessingEnvironment environment;
    private @Nullable CompilationUnitTree unit; // of the last event that had one
    private @Nullable WrittenClasses classes; // null before the first class is analyzed, and if nothing can be done
    private @Nullable CompilationUnitTree unreachable; // the first one analyzed, if classes are out of reach
    private boolean hasBegun;
    private boolean hasComplained;

    Compilation(JavacTask task, String... arguments) {
        this.task = task;
        this.arguments = arguments.clone();
        Trees trees = Trees.instance(task);
        this.declarations = new Declarations(trees, task.getElements(), task.getTypes());
        this.findings = new Findings(trees, declarations);
    }

    /** Takes what {@link HandOverProcessor} was given. */
    void takeOver(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void started(TaskEvent event) {
        remember(event);
        if (event.getKind() == TaskEvent.Kind.ANALYZE && !hasBegun) {
            hasBegun = true; // annotation processing is over
            begin();
        } else if (event.getKind() == TaskEvent.Kind.GENERATE && isOfClass(event)) {
            if (classes != null) {
                classes.beforeWriting(WrittenClass.of(event, task.getElements()));
            } else if (unreachable != null && !hasComplained) {
                // Not before: javac leaves processors out after some errors of the user's, too, and writes nothing.
                unit = unreachable;
                complain(UNREACHABLE.formatted(HandOverProcessor.class.getName()));
            }
        }
    }

    @Override
    public void finished(TaskEvent event) {
        remember(event);
        switch (event.getKind()) {
            case ENTER -> outstanding.entered(event.getCompilationUnit());
            case ANALYZE -> {
                if (classes != null && isOfClass(event)) {
                    declarations.add(event.getTypeElement());
                }
            }
            case GENERATE -> {
                if (classes != null && isOfClass(event)) {
                    written(event, classes);
                }
            }
            case COMPILATION -> {
                if (classes != null) {
                    report(classes);
                    classes.deleteStaleFrames();
                }
            }
            default -> {}
        }
    }

    /** False for module-info and package-info, which javac hands out as classes that have no package. */
    private static boolean isOfClass(TaskEvent event) {
        return event.getTypeElement() != null
                && !event.getTypeElement().getSimpleName().toString().endsWith("-info");
    }

    private void remember(TaskEvent event) {
        if (event.getCompilationUnit() != null) {
            unit = event.getCompilationUnit();
        }
    }

    private void begin() {
        PluginOptions options;
        try {
            options = PluginOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
            return;
        }
        Optional<ClassOutput> output = FileManagerOutput.of(task);
        if (output.isEmpty() && environment != null) {
            output = Optional.of(new FilerOutput(environment.getFiler()));
        }
        if (output.isPresent()) {
            classes = new WrittenClasses(output.get(), options, new ElementHeaders(task.getElements()));
        } else {
            unreachable = unit;
        }
    }

    private void written(TaskEvent event, WrittenClasses classes) {
        WrittenClass written = WrittenClass.of(event, task.getElements());
        findings.add(written, event.getCompilationUnit(), classes.rewrite(written));
        outstanding.written(written);
        if (outstanding.isEmpty()) {
            report(classes);
        }
    }

    private void report(WrittenClasses classes) {
        // After an error javac tells of classes that it did not write.
        if (classes.notFound() != null && !findings.haveBeenReported() && !hasComplained) {
            complain(NOT_FOUND.formatted(classes.notFound()));
        }
        findings.report();
    }

    /** An error that has no place in the source, as far as javac lets us have one. */
    private void complain(String message) {
        hasComplained = true;
        if (environment != null) {
            environment.getMessager().printMessage(Kind.ERROR, message);
        } else if (unit != null) {
            Trees.instance(task).printMessage(Kind.ERROR, message, unit, unit);
        }
    }
}
