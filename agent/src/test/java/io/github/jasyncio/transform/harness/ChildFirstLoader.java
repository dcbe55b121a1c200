package io.github.jasyncio.transform.harness;

/** Defines the given class files itself, before its parent is asked. */
final class ChildFirstLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassFiles classes;

    ChildFirstLoader(ClassFiles classes) {
        super(ChildFirstLoader.class.getClassLoader());
        this.classes = classes;
        setDefaultAssertionStatus(true);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = classes.bytes(name);
        if (bytes == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
