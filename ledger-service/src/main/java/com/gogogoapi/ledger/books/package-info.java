/** The trial balance of the whole ledger. */
@NullMarked
package com.gogogoapi.ledger.books;

import org.jspecify.annotations.NullMarked;
