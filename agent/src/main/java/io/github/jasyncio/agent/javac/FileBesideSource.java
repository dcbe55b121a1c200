package io.github.jasyncio.agent.javac;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A class file in the directory of its source file. */
final class FileBesideSource extends SimpleJavaFileObject {

    private final Path path;

    private FileBesideSource(Path path) {
        super(path.toUri(), Kind.CLASS);
        this.path = path;
    }

    static FileObject of(JavaFileObject source, String className) {
        return new FileBesideSource(Path.of(source.toUri()).resolveSibling(WrittenClass.fileName(className)));
    }

    @Override
    public InputStream openInputStream() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public long getLastModified() {
        return path.toFile().lastModified();
    }
}
