/** Answers in OpenAI's older form, which chat and completions have alike: choices, usage, chunks, and {@code [DONE]}. */
@NullMarked
package com.gogogoapi.proxy.chunks;

import org.jspecify.annotations.NullMarked;
