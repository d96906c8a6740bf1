/** The ledger's events as they come, to whoever follows them: {@code GET /events}. */
@NullMarked
package com.gogogoapi.usage.live;

import org.jspecify.annotations.NullMarked;
