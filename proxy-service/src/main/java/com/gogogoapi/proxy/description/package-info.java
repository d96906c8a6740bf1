/** What the public door says of itself to tools. */
@NullMarked
package com.gogogoapi.proxy.description;

import org.jspecify.annotations.NullMarked;
