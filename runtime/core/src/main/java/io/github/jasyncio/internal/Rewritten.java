package io.github.jasyncio.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that has been rewritten, so that rewriting it again leaves it alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Rewritten {

    /** The version of the protocol between rewritten code and this package: {@link Execution#PROTOCOL} of the time. */
    int value();
}
