/** How many quotes a second, and how long each takes, for short and long prompts. */
@NullMarked
package com.gogogoapi.benchmark.quote;

import org.jspecify.annotations.NullMarked;
