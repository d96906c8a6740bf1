/** What a service must be told before it starts, and what all of them are told alike unless somebody says otherwise. */
@NullMarked
package com.gogogoapi.chassis.settings;

import org.jspecify.annotations.NullMarked;
