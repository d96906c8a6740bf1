package com.gogogoapi.usage.alerts;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.alerts.AlertSettings.Setting;
import com.gogogoapi.usage.api.Asker;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and sets what an account wants to be told. */
@RestController
@RequestMapping("/internal/alerts")
class AlertSettingsController {

    private static final int MAX_EMAIL_CHARS = 254;
    private static final int MAX_AMOUNT_CHARS = 40;
    private static final int MAX_CODE_CHARS = 40;
    private static final String ADDRESS = "[^@\\s,;<>\"()]+@[^@\\s,;<>\"()]+";

    private final AlertSettings settings;
    private final AddressCodes codes;
    private final Mailing mailing;

    AlertSettingsController(AlertSettings settings, AddressCodes codes, Mailing mailing) {
        this.settings = settings;
        this.codes = codes;
        this.mailing = mailing;
    }

    @GetMapping
    Map<String, @Nullable Object> read(HttpServletRequest request) {
        var account = Asker.ofAll(request);
        return view(account, settings.of(account));
    }

    /**
     * All of it, {@code {"low_balance_usd","email"}}: what is left out is not told. A new address is mailed a code, and alerts go
     * there once that is given back.
     */
    @PutMapping
    Map<String, @Nullable Object> set(@RequestBody byte[] json, HttpServletRequest request) {
        var account = Asker.ofAll(request);
        var body = BodyFields.of(json, "low_balance_usd", "email");
        var low = amount(body.optionalText("low_balance_usd", MAX_AMOUNT_CHARS));
        var email = email(body.optionalText("email", MAX_EMAIL_CHARS));
        var confirmed = settings.of(account).email();
        settings.set(account, low, email != null);
        if (email != null && !email.equals(confirmed)) {
            sendCode(account, email);
        }
        return view(account, settings.of(account));
    }

    private void sendCode(AccountId account, String email) {
        if (!codes.maySend(account)) {
            throw ApiError.conflict(
                    "too_many_codes",
                    "email",
                    "An account must have at most " + AddressCodes.MAX_A_DAY + " codes mailed within 24 hours.");
        }
        var code = AddressCodes.next();
        mailing.sendCode(email, account, code);
        codes.sent(account, email, code);
    }

    /** {@code {"code"}}, which was mailed to a new address. */
    @PostMapping("/confirmation")
    Map<String, @Nullable Object> confirm(@RequestBody byte[] json, HttpServletRequest request) {
        var account = Asker.ofAll(request);
        var code = BodyFields.of(json, "code").text("code", MAX_CODE_CHARS);
        if (!codes.confirm(account, code)) {
            throw ApiError.conflict(
                    "wrong_code",
                    "code",
                    "code must be the last that was mailed to the address, within " + AddressCodes.VALID.toHours()
                            + " hours; after five wrong ones it must be mailed anew, by setting the address again.");
        }
        return view(account, settings.of(account));
    }

    private static @Nullable Usd amount(@Nullable String text) {
        try {
            var amount = text == null ? null : Usd.parse(text);
            if (amount == null || amount.isPositive()) {
                return amount;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw mustBeAmount();
        }
        throw mustBeAmount();
    }

    private static ApiError mustBeAmount() {
        return ApiError.invalidRequest(
                "low_balance_usd", "low_balance_usd must be a positive amount as text, such as \"5.00\".");
    }

    private @Nullable String email(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches(ADDRESS)) {
            throw ApiError.invalidRequest("email", "email must be one address.");
        }
        if (!mailing.isPossible()) {
            throw ApiError.conflict(
                    "mail_unavailable", "email", "email must be left out: this installation sends none.");
        }
        return text;
    }

    private Map<String, @Nullable Object> view(AccountId account, Setting setting) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("object", "alert_settings");
        view.put("low_balance_usd", setting.lowBalance());
        view.put("email", setting.email());
        view.put("unconfirmed_email", setting.unconfirmedEmail());
        view.put("email_error", mailing.lastError(account).orElse(null));
        return view;
    }
}
