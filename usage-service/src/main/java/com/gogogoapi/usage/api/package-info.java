/** What the answers have alike. */
@NullMarked
package com.gogogoapi.usage.api;

import org.jspecify.annotations.NullMarked;
