/** What keys, members and accounts spend, and that they are told when a budget is nearly or wholly used up. */
@NullMarked
package com.gogogoapi.usage.spending;

import org.jspecify.annotations.NullMarked;
