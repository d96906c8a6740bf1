/** What the quote-service and those who execute its quotes agree on. */
@NullMarked
package com.gogogoapi.contracts.quote;

import org.jspecify.annotations.NullMarked;
