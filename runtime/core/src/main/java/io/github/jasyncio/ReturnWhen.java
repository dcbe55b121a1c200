package io.github.jasyncio;

/**
 * When {@link Asyncio#waitOn waitOn} has waited enough.
 *
 * <p>Semantics: asyncio's constants of the same names.
 */
public enum ReturnWhen {
    /** As soon as any future is done, be it cancelled. */
    FIRST_COMPLETED,

    /** As soon as any future has failed, or when all are done; a cancelled one has not failed. */
    FIRST_EXCEPTION,

    /** When all futures are done. */
    ALL_COMPLETED
}
