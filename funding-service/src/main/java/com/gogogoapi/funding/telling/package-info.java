/** What became of deposits is passed on to be told to their accounts. */
@NullMarked
package com.gogogoapi.funding.telling;

import org.jspecify.annotations.NullMarked;
