/** The life of a chat request: quote, hold, run, settle. */
@NullMarked
package com.gogogoapi.proxy.execution;

import org.jspecify.annotations.NullMarked;
