/** Everything that reached our addresses, and what became of it. */
@NullMarked
package com.gogogoapi.funding.deposits;

import org.jspecify.annotations.NullMarked;
