package com.gogogoapi.usage.activity;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.api.Asker;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an account was charged day by day, of each route: the sums that {@code GET /activity} shows. */
@Component
public class DailyCharges {

    /** Days of a month. */
    private static final int DAYS = 31;

    private final Activity activity;

    DailyCharges(Activity activity) {
        this.activity = activity;
    }

    /**
     * What was charged on a day of a zone.
     *
     * @param day such as 2026-11-23
     * @param model null where it is of all routes together
     * @param requests whose holds ended
     * @param refunded what of the holds came back
     * @param sequence the last event that is in it
     */
    public record DailyCharge(
            String day,
            @Nullable String model,
            long requests,
            long promptTokens,
            long cachedPromptTokens,
            long completionTokens,
            Usd charged,
            Usd refunded,
            Usd writtenOff,
            long sequence) {}

    /**
     * In the order of days and routes; of more than that many lines, those of one day are made one.
     *
     * @param from in seconds since 1970, on a quarter of an hour
     * @param to just after it, at most a month later
     */
    public List<DailyCharge> of(AccountId account, ZoneId zone, long from, long to, int mostLines) {
        var days = Slice.days(zone, from, to, DAYS);
        var asker = new Asker(account, null);
        var byRoute = activity.groups(asker, List.of(Dimension.DAY, Dimension.ROUTE), days, mostLines + 1);
        var groups =
                byRoute.size() <= mostLines ? byRoute : activity.groups(asker, List.of(Dimension.DAY), days, mostLines);
        return groups.stream()
                .map(group -> new DailyCharge(
                        days.get(group.slice()).label(),
                        group.values().isEmpty()
                                ? null
                                : (String) group.values().getFirst(),
                        group.requests(),
                        group.promptTokens(),
                        group.cachedPromptTokens(),
                        group.completionTokens(),
                        group.charged(),
                        group.refunded(),
                        group.writtenOff(),
                        group.sequence()))
                .sorted(Comparator.comparing(DailyCharge::day)
                        .thenComparing(charge -> Objects.requireNonNullElse(charge.model(), "")))
                .toList();
    }
}
