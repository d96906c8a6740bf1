/** What may be spent, by whom, in which window; and how fast. Pure: every instant is given. */
@NullMarked
package com.gogogoapi.contracts.budget;

import org.jspecify.annotations.NullMarked;
