/** What every chain of Ethereum's kind writes alike: addresses, hashes, numbers in hexadecimal. */
@NullMarked
package com.gogogoapi.funding.evm;

import org.jspecify.annotations.NullMarked;
