package io.github.jasyncio.agent.javac;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Keeps the classes that javac writes in memory, as many tools do; some of them forget that javac has two ways of asking for a file. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, byte[]> contents = new TreeMap<>();
    private final boolean knowsBothWays;

    MemoryFiles(JavaFileManager around, boolean knowsBothWays) {
        super(around);
        this.knowsBothWays = knowsBothWays;
    }

    /** By path, as in {@code shop/Orders.class}. */
    Map<String, byte[]> contents() {
        return contents;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return new MemoryFile(className.replace('.', '/') + kind.extension);
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling)
            throws IOException {
        if (!knowsBothWays) {
            return super.getFileForOutput(location, packageName, relativeName, sibling);
        }
        return new MemoryFile((packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/") + relativeName);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a.toUri().equals(b.toUri());
    }

    private final class MemoryFile extends SimpleJavaFileObject {

        private final String path;

        MemoryFile(String path) {
            super(URI.create("memory:///" + path), Kind.CLASS);
            this.path = path;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            byte[] content = contents.get(path);
            if (content == null) {
                throw new NoSuchFileException(path);
            }
            return new ByteArrayInputStream(content);
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    contents.put(path, toByteArray());
                }
            };
        }

        @Override
        public boolean delete() {
            return contents.remove(path) != null;
        }
    }
}
