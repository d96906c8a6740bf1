package com.gogogoapi.chassis.settings;

/** A setting is missing, or not what it must be. Its message is for whoever starts the service. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message, null);
    }
}
