/** Whether, and by which server, mail is sent. */
@NullMarked
package com.gogogoapi.account.mail;

import org.jspecify.annotations.NullMarked;
