package io.github.jasyncio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method, with the lambdas in it, means what the rewriting warns of: a blocking call in an async method, a coroutine that is dropped, a task
 * that is not kept. Errors are reported all the same.
 *
 * <p>An annotation of our own because {@link SuppressWarnings} does not get into class files, which are all that the rewriting sees.
 */
@Documented
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
@Retention(RetentionPolicy.CLASS)
public @interface SuppressAsyncWarnings {}
