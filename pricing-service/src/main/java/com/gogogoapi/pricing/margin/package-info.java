/** Whether routes are sold below what the upstream charges for them. */
@NullMarked
package com.gogogoapi.pricing.margin;

import org.jspecify.annotations.NullMarked;
