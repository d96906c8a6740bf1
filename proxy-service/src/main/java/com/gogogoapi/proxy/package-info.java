/** The proxy: the one service that is public. */
@NullMarked
package com.gogogoapi.proxy;

import org.jspecify.annotations.NullMarked;
