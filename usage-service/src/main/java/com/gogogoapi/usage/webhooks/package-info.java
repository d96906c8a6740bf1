/** Alerts as webhooks, signed and retried. */
@NullMarked
package com.gogogoapi.usage.webhooks;

import org.jspecify.annotations.NullMarked;
