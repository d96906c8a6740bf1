/** What is final is credited, once, unless there is a reason to wait. */
@NullMarked
package com.gogogoapi.funding.credit;

import org.jspecify.annotations.NullMarked;
