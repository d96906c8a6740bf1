/** What holds for every public route alike. */
@NullMarked
package com.gogogoapi.proxy.web;

import org.jspecify.annotations.NullMarked;
