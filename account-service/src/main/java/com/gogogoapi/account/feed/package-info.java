/** What the proxies ask for beside the topic, and what they tell. */
@NullMarked
package com.gogogoapi.account.feed;

import org.jspecify.annotations.NullMarked;
