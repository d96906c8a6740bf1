/** The public price page and its estimate. */
@NullMarked
package com.gogogoapi.proxy.pricingpage;

import org.jspecify.annotations.NullMarked;
