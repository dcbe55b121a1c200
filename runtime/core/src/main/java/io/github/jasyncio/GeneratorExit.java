package io.github.jasyncio;

/**
 * What an async generator is thrown at the {@code emit} where it stands when it is closed. An {@link Error}, so that {@code catch (Exception e)} does not keep
 * it from ending; {@code finally} blocks run, and may await.
 *
 * <p>Semantics: {@code GeneratorExit}.
 */
public final class GeneratorExit extends Error {

    private static final long serialVersionUID = 1L;

    /** Without a message, as Python's. */
    public GeneratorExit() {
        super(null, null);
    }
}
