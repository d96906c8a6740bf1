/** Invitations to be a member, by e-mail address. */
@NullMarked
package com.gogogoapi.account.invitations;

import org.jspecify.annotations.NullMarked;
