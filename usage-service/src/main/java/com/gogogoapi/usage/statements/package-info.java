/** What became of an account's credit in a month, and receipts of what was granted. */
@NullMarked
package com.gogogoapi.usage.statements;

import org.jspecify.annotations.NullMarked;
