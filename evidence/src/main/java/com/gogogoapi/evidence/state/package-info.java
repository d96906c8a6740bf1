/** An account's state as one canonical text, so that states can be compared by hash. */
@NullMarked
package com.gogogoapi.evidence.state;

import org.jspecify.annotations.NullMarked;
