/** Where a log can be read: PostgreSQL, the topic ledger-events, an export. */
@NullMarked
package com.gogogoapi.auditor.source;

import org.jspecify.annotations.NullMarked;
