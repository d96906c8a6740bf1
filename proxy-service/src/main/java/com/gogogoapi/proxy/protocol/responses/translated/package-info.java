/**
 * Responses by chat: for a route whose upstream does not speak them, a request is put into chat's words, and what comes back
 * into theirs. What chat has no words for is refused before anything is held.
 */
@NullMarked
package com.gogogoapi.proxy.protocol.responses.translated;

import org.jspecify.annotations.NullMarked;
