/** People and what they are in accounts. */
@NullMarked
package com.gogogoapi.account.people;

import org.jspecify.annotations.NullMarked;
