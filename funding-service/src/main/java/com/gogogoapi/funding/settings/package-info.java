/** What this service is told. */
@NullMarked
package com.gogogoapi.funding.settings;

import org.jspecify.annotations.NullMarked;
