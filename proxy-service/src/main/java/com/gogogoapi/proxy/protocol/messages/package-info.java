/** Anthropic's Messages: how a request is read, what the upstream is asked, what is what in its answer, and how ours is written. */
@NullMarked
package com.gogogoapi.proxy.protocol.messages;

import org.jspecify.annotations.NullMarked;
