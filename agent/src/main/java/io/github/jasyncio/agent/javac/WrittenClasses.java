package io.github.jasyncio.agent.javac;

import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.agent.files.StaleFrames;
import io.github.jasyncio.transform.ClassFiles;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** The class files that javac writes: reads them, has them rewritten, and writes them again. */
final class WrittenClasses {

    private final ClassOutput output;
    private final PluginOptions options;
    private final ElementHeaders headers;
    private final Set<Path> directories = new LinkedHashSet<>();
    private final Map<JavaFileObject, List<FileObject>> filesBySource = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private final Set<JavaFileObject> refused = new HashSet<>();
    private long modifiedBefore;
    private @Nullable String notFound;

    WrittenClasses(ClassOutput output, PluginOptions options, ElementHeaders headers) {
        this.output = output;
        this.options = options;
        this.headers = headers;
    }

    /** Takes note of a file of an earlier compilation, so that it is not taken for the one that javac is going to write. */
    void beforeWriting(WrittenClass written) {
        try {
            modifiedBefore = output.written(written).getLastModified();
        } catch (IOException | RuntimeException e) {
            modifiedBefore = 0; // there is none; what else may be wrong will show when it is read
        }
    }

    /**
     * Rewrites one class. If it has errors, it is deleted with all others of its source file: to the next build that would look up to date.
     *
     * @return what there is to say about it
     */
    ClassReport rewrite(WrittenClass written) {
        headers.add(written.type());
        Rewriting rewriting =
                new Rewriting(options.filter(), options.failOnWarning(), headers, options.blockingCalls());
        try {
            FileObject file = output.written(written);
            if (modifiedBefore != 0 && file.getLastModified() == modifiedBefore) {
                throw new FileNotFoundException(written.name());
            }
            Path path = path(file);
            if (made.contains(written.name())) {
                return ClassReport.failure("the class " + written.name()
                        + " has the name of one that is made of an @Async method; give it another");
            }
            ClassFiles beside = path == null ? name -> null : ClassDirectory.beside(path);
            Optional<Result> result = rewriting.rewrite(written.name(), read(file), beside);
            if (path != null && path.getParent() != null) {
                directories.add(path.getParent());
            }
            if (result.isPresent()) {
                write(written, path, result.get());
                result.get().frameClasses().forEach(frame -> made.add(frame.className()));
            }
            filesBySource
                    .computeIfAbsent(written.source(), s -> new ArrayList<>())
                    .add(file);
            if (rewriting.hasFailed()) {
                refused.add(written.source());
            }
            if (refused.contains(written.source())) {
                deleteAllOf(written.source());
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            notFound = notFound == null ? written.name() : notFound;
        } catch (IOException | UncheckedIOException | UnsupportedOperationException | IllegalStateException e) {
            return ClassReport.failure("jasyncio cannot rewrite " + written.name() + " in the class output: " + e);
        }
        return ClassReport.of(rewriting, options.verbose());
    }

    /** The first class whose file is not where it should be; null if there is none. */
    @Nullable
    String notFound() {
        return notFound;
    }

    /** Deletes the frame classes of async methods that are gone, beside the classes that were written. */
    void deleteStaleFrames() {
        for (Path directory : directories) {
            try {
                StaleFrames.deleteIn(directory);
            } catch (IOException e) {
                // They lie there in vain and do no harm.
            }
        }
    }

    /** Null if it is not a file on a disk. Those are written and deleted past javac: it warns of files written twice, and lets processors delete none. */
    private static @Nullable Path path(FileObject file) {
        URI uri = file.toUri();
        if (!"file".equals(uri.getScheme())) {
            return null;
        }
        Path path = Path.of(uri);
        return Files.isRegularFile(path) ? path : null;
    }

    private void deleteAllOf(JavaFileObject source) throws IOException {
        List<FileObject> files = filesBySource.remove(source);
        for (FileObject file : files == null ? List.<FileObject>of() : files) {
            Path path = path(file);
            if (path != null) {
                Files.delete(path);
            } else {
                file.delete(); // where that fails, a class is left that throws at its await
            }
        }
    }

    private void write(WrittenClass written, @Nullable Path path, Result result) throws IOException {
        if (path != null) {
            ClassDirectory.write(path, result);
            return;
        }
        for (FrameClass frame : result.frameClasses()) {
            write(output.toWrite(written, frame.className()), frame.classFile());
        }
        write(output.toWrite(written, written.name()), result.classFile());
    }

    private static void write(FileObject file, byte[] content) throws IOException {
        try (OutputStream out = file.openOutputStream()) {
            out.write(content);
        }
    }

    private static byte[] read(FileObject file) throws IOException {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        }
    }
}
