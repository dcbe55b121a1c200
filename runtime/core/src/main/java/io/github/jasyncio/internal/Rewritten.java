package io.github.jasyncio.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that has been rewritten, so that rewriting it again leaves it alone, and the classes that were made for it, so that they are told from others. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Rewritten {

    /** The version of the protocol between rewritten code and this package: {@link Execution#PROTOCOL} of the time. */
    int value();

    /** The class that this one was made for; none if it is one that was rewritten. */
    Class<?> owner() default void.class;
}
