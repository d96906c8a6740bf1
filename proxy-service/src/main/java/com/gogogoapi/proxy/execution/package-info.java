/** The life of a request, in whichever protocol: quote, hold, relay, settle. */
@NullMarked
package com.gogogoapi.proxy.execution;

import org.jspecify.annotations.NullMarked;
