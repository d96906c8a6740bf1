/** What prices and their hours are called in plain words. */
@NullMarked
package com.gogogoapi.pricing.wording;

import org.jspecify.annotations.NullMarked;
