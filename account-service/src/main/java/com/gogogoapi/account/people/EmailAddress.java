package com.gogogoapi.account.people;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address in lower case: two that differ in case alone are one person's. */
public record EmailAddress(String text) {

    public static final int MAX_CHARS = 254;

    private static final Pattern FORM =
            Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

    /** @throws ApiError 400 if it cannot be one */
    public static EmailAddress parse(String field, String text) {
        var address = text.trim().toLowerCase(Locale.ROOT);
        if (address.length() > MAX_CHARS || !FORM.matcher(address).matches()) {
            throw ApiError.invalidRequest(field, field + " must be an e-mail address such as anna@example.com.");
        }
        return new EmailAddress(address);
    }

    @Override
    public String toString() {
        return text;
    }
}
