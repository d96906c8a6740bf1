package com.gogogoapi.usage.statements;

import com.gogogoapi.usage.activity.DailyCharges.DailyCharge;
import com.gogogoapi.usage.balance.CreditEntry;
import com.gogogoapi.usage.balance.EntryType;
import com.gogogoapi.usage.balance.StatedBalance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement, and what added credit, as programs read them. */
final class StatementView {

    private StatementView() {}

    static Map<String, @Nullable Object> of(
            Statement statement, Map<String, Object> account, Map<String, @Nullable Object> seller) {
        var month = statement.month();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("object", "statement");
        view.put("month", month.month().toString());
        view.put("zone", month.zone().getId());
        view.put("from", month.from());
        view.put("to", month.to());
        view.put("is_final", statement.isFinal());
        view.put("account", account);
        view.put("seller", seller);
        view.put("opening", balance(statement.opening()));
        view.put("totals", totals(statement));
        view.put("closing", balance(statement.closing()));
        view.put("entries_listed", statement.listsEntries());
        view.put(
                "entries",
                statement.entries().stream().map(StatementView::entry).toList());
        view.put(
                "charges",
                statement.charges().stream().map(StatementView::charge).toList());
        view.put("as_of", statement.asOf());
        return view;
    }

    private static Map<String, @Nullable Object> balance(StatedBalance stated) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("credit_usd", stated.credit());
        view.put("available_usd", stated.balance().availableUsd());
        view.put("held_usd", stated.balance().heldUsd());
        view.put("sequence", stated.sequence());
        view.put("at", stated.at());
        return view;
    }

    private static Map<String, @Nullable Object> totals(Statement statement) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("granted_usd", statement.total(EntryType.GRANT));
        view.put("transferred_in_usd", statement.total(EntryType.TRANSFER_IN));
        view.put("charged_usd", statement.total(DailyCharge::charged));
        view.put("expired_usd", statement.total(EntryType.EXPIRY));
        view.put("revoked_usd", statement.total(EntryType.REVOCATION));
        view.put("transferred_out_usd", statement.total(EntryType.TRANSFER_OUT));
        view.put("requests", statement.requests());
        view.put("refunded_usd", statement.total(DailyCharge::refunded));
        view.put("written_off_usd", statement.total(DailyCharge::writtenOff));
        return view;
    }

    static Map<String, @Nullable Object> entry(CreditEntry entry) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("type", entry.type().word());
        view.put("grant_id", entry.grantId());
        view.put("amount_usd", entry.amount());
        view.put("at", entry.at());
        view.put("sequence", entry.sequence());
        view.put("source", entry.source() == null ? null : entry.source().name());
        view.put("reference", entry.reference());
        view.put("reason", entry.reason());
        view.put("expires_at", entry.expiresAt());
        view.put("counterpart", entry.counterpart());
        return view;
    }

    private static Map<String, @Nullable Object> charge(DailyCharge charge) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("day", charge.day());
        view.put("model", charge.model());
        view.put("requests", charge.requests());
        view.put("prompt_tokens", charge.promptTokens());
        view.put("cached_prompt_tokens", charge.cachedPromptTokens());
        view.put("completion_tokens", charge.completionTokens());
        view.put("charged_usd", charge.charged());
        view.put("refunded_usd", charge.refunded());
        view.put("written_off_usd", charge.writtenOff());
        view.put("sequence", charge.sequence());
        return view;
    }
}
