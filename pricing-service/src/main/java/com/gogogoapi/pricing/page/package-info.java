/** The public price page and the feed of price changes, written whole on the server; scripts only add to the page. */
@NullMarked
package com.gogogoapi.pricing.page;

import org.jspecify.annotations.NullMarked;
