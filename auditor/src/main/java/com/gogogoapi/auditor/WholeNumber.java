package com.gogogoapi.auditor;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number within bounds, as the value of an option. */
abstract class WholeNumber implements ITypeConverter<Long> {

    private final long least;
    private final long most;

    WholeNumber(long least, long most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Long convert(String text) {
        try {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refusal(text);
        }
        throw refusal(text);
    }

    private TypeConversionException refusal(String text) {
        return new TypeConversionException(
                "The number must be a whole one from " + least + " to " + most + ", not '" + text + "'.");
    }
}
