/** The public price page, written whole on the server; scripts only add to it. */
@NullMarked
package com.gogogoapi.pricing.page;

import org.jspecify.annotations.NullMarked;
