/** What chains say, as their nodes tell it: read by the auditor itself, with nothing of the service that is audited. */
@NullMarked
package com.gogogoapi.auditor.chain;

import org.jspecify.annotations.NullMarked;
