/** A request that comes again under the same idempotency key is run and charged once, and answered alike. */
@NullMarked
package com.gogogoapi.proxy.idempotency;

import org.jspecify.annotations.NullMarked;
