/** The ledger's events as they come: the usage-service's stream, for whoever may see the account. */
@NullMarked
package com.gogogoapi.proxy.live;

import org.jspecify.annotations.NullMarked;
