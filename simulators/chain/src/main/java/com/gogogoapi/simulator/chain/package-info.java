/** A real chain of Ethereum's kind on one machine, and tokens to try deposits with. */
@NullMarked
package com.gogogoapi.simulator.chain;

import org.jspecify.annotations.NullMarked;
