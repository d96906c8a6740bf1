/** Requests of every protocol, read as far as their price depends on it: one format a protocol, all of the same shape. */
@NullMarked
package com.gogogoapi.quote.request;

import org.jspecify.annotations.NullMarked;
