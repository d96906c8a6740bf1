package com.gogogoapi.proxy.parameters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters that a route knows. Without this it knows none. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface QueryParameters {

    /** Their names. */
    String[] value() default {};

    /**
     * Whether others are ignored instead of refused: for routes whose form is somebody else's, whose clients add what
     * their own server knows, and for pages, whose addresses people pass on with whatever was added to them.
     */
    boolean ignoresOthers() default false;
}
