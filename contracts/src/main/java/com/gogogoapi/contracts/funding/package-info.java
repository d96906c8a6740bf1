/** What the funding-service and those whom it tells of deposits agree on. */
@NullMarked
package com.gogogoapi.contracts.funding;

import org.jspecify.annotations.NullMarked;
