/** Credit that is bought with stablecoins. */
@NullMarked
package com.gogogoapi.funding;

import org.jspecify.annotations.NullMarked;
