package com.gogogoapi.contracts.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.pricing.ModelName;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key may do and how much: all that binds a request that comes with it, its member's and its account's budgets and
 * rates included.
 *
 * @param routes the models that may be called, by the names by which they are called: an alias is a name of its own. Empty
 *     allows all
 * @param addressRanges whence it may be used; empty allows everywhere
 * @param budgets of the key, its member and its account
 * @param rates likewise
 * @param tags by which its usage is told apart
 * @param inFlight how many requests of the key, its member and its account may be in flight on one instance; absent in
 *     records of before 0.6, which limit none
 */
public record KeyPolicy(
        List<String> routes,
        List<AddressRange> addressRanges,
        List<Budget> budgets,
        List<RateLimit> rates,
        List<String> tags,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<InFlightLimit> inFlight) {

    public static final int MAX_ROUTES = 50;
    public static final int MAX_ADDRESS_RANGES = 20;
    public static final int MAX_TAGS = RequestedBy.MAX_TAGS;
    public static final int MAX_TAG_CHARS = 64;

    /** For a refusal: what a tag must be. */
    public static final String TAG_FORM =
            "a tag: 1 to " + MAX_TAG_CHARS + " letters, digits, dots, underscores, colons, slashes and dashes";

    /** Everything is allowed, and without a limit. */
    public static final KeyPolicy NONE =
            new KeyPolicy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9._:/-]{1," + MAX_TAG_CHARS + "}");

    /** @throws IllegalArgumentException for too many of anything, twice the same, or what has another form */
    public KeyPolicy {
        routes = distinct(routes, MAX_ROUTES, "routes");
        addressRanges = distinct(addressRanges, MAX_ADDRESS_RANGES, "address ranges");
        tags = distinct(tags, MAX_TAGS, "tags");
        budgets = Budget.checked(budgets);
        rates = RateLimit.checked(rates);
        inFlight = inFlight == null ? List.of() : InFlightLimit.checked(inFlight);
        if (!routes.stream().allMatch(ModelName::isValid)) {
            throw new IllegalArgumentException("Every route must be " + ModelName.FORM + ".");
        }
        if (!tags.stream().allMatch(KeyPolicy::isTag)) {
            throw new IllegalArgumentException("Every tag must be " + TAG_FORM + ".");
        }
    }

    @Override
    public List<InFlightLimit> inFlight() {
        return Objects.requireNonNull(inFlight);
    }

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    private static <T> List<T> distinct(List<T> values, int most, String name) {
        if (values.size() > most) {
            throw new IllegalArgumentException("There must be at most " + most + " " + name + ".");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("The " + name + " must all be different.");
        }
        return List.copyOf(values);
    }

    /** Whether the model of that name may be called. */
    public boolean allowsRoute(String name) {
        return routes.isEmpty() || routes.contains(name);
    }

    /** Whether it may be used from that address. */
    public boolean allowsAddress(InetAddress address) {
        return addressRanges.isEmpty() || addressRanges.stream().anyMatch(range -> range.contains(address));
    }
}
