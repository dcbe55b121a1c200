package io.github.jasyncio.agent.javac;

import java.io.IOException;
import javax.tools.FileObject;

/** Where javac writes classes. */
interface ClassOutput {

    /**
     * The file of a class that javac has written, for reading and deleting.
     *
     * @throws IOException if there is none
     */
    FileObject written(WrittenClass written) throws IOException;

    /**
     * A file to write a class into, where classes are not files on a disk.
     *
     * @param className that of {@code beside}, or of another one in its package
     */
    FileObject toWrite(WrittenClass beside, String className) throws IOException;
}
