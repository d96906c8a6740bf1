/** What a chain's nodes say, each by itself, and how far they agree. */
@NullMarked
package com.gogogoapi.funding.rpc;

import org.jspecify.annotations.NullMarked;
