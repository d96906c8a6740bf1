/** What becomes of what lies at the addresses: lists for the operator's own signer, what left, and whether all of it is there. */
@NullMarked
package com.gogogoapi.funding.treasury;

import org.jspecify.annotations.NullMarked;
