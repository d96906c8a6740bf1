package com.gogogoapi.account.passkeys;

import com.gogogoapi.chassis.errors.ApiError;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.RegistrationRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a browser answered, in WebAuthn's own JSON; what else it says there is its own affair. */
record Answer(JsonNode credential) {

    private static final String CREDENTIAL = "credential";
    private static final String RESPONSE = "response";

    /** Of one field; a key and a signature take some hundred. */
    private static final int MAX_CHARS = 20_000;

    /** Of RegistrationResponseJSON. @throws ApiError 400 if something is missing */
    RegistrationRequest ofNew() {
        return new RegistrationRequest(said("attestationObject"), said("clientDataJSON"));
    }

    /** Of AuthenticationResponseJSON. @throws ApiError as above */
    AuthenticationRequest ofKnown() {
        var response = credential.path(RESPONSE);
        return new AuthenticationRequest(
                bytes("rawId", credential.path("rawId")),
                optional("userHandle", response.path("userHandle")),
                said("authenticatorData"),
                said("clientDataJSON"),
                said("signature"));
    }

    private byte[] said(String name) {
        return bytes(RESPONSE + "." + name, credential.path(RESPONSE).path(name));
    }

    private static byte @Nullable [] optional(String name, JsonNode field) {
        return field.isMissingNode() || field.isNull() ? null : bytes(name, field);
    }

    private static byte[] bytes(String name, JsonNode field) {
        var text = field.isString() ? field.stringValue() : "";
        if (!text.isEmpty() && text.length() <= MAX_CHARS) {
            try {
                return Base64.getUrlDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw refusal(name).becauseOf(e);
            }
        }
        throw refusal(name);
    }

    private static ApiError refusal(String name) {
        return ApiError.invalidRequest(
                CREDENTIAL,
                CREDENTIAL + " must be what the browser answered: " + name + " in Base64 for addresses, of 1 to "
                        + MAX_CHARS + " characters.");
    }
}
