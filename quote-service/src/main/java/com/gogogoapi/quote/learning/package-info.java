/** What requests really turned out to be: completion lengths, prompt counts, and how right quotes were. */
@NullMarked
package com.gogogoapi.quote.learning;

import org.jspecify.annotations.NullMarked;
