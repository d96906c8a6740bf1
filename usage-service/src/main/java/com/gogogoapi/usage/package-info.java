/** What was used: read models of the ledger's events. */
@NullMarked
package com.gogogoapi.usage;

import org.jspecify.annotations.NullMarked;
