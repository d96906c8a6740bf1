/** What an account used over a time, by two of key, member, route, rule, tag and time. */
@NullMarked
package com.gogogoapi.usage.activity;

import org.jspecify.annotations.NullMarked;
