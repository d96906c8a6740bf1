/** What customers manage themselves: their keys, with a management key. */
@NullMarked
package com.gogogoapi.proxy.management;

import org.jspecify.annotations.NullMarked;
