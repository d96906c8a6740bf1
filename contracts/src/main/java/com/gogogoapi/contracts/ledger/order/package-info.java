/** Orders that create, take or skip money, and by whose signature it can be proved who gave them. */
@NullMarked
package com.gogogoapi.contracts.ledger.order;

import org.jspecify.annotations.NullMarked;
