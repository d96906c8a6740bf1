/** Which version of the project this is. */
@NullMarked
package com.gogogoapi.contracts.version;

import org.jspecify.annotations.NullMarked;
