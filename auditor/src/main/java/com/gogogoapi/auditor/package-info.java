/** The auditor's command line: an outsider's checks of the ledger, which share no code with it but the formats. */
@NullMarked
package com.gogogoapi.auditor;

import org.jspecify.annotations.NullMarked;
