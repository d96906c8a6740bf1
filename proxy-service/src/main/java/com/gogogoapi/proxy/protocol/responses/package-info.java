/** OpenAI's Responses: how a request is read, what the upstream is asked, what is what in its answer, and how ours is written. */
@NullMarked
package com.gogogoapi.proxy.protocol.responses;

import org.jspecify.annotations.NullMarked;
