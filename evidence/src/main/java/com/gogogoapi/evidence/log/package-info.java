/** The log as it is stored, for whoever reads it without the ledger. */
@NullMarked
package com.gogogoapi.evidence.log;

import org.jspecify.annotations.NullMarked;
