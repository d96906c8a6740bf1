/** Completions of a prompt: how a request is read, what the upstream is asked, and what is what in its answer. */
@NullMarked
package com.gogogoapi.proxy.protocol.completions;

import org.jspecify.annotations.NullMarked;
