package com.gogogoapi.pricing.book;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RouteNames;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The book in PostgreSQL. Versions are only ever added; the database itself refuses to change one. */
@Repository
public class PriceBook {

    private static final String VERSIONS = """
            select v.*, r.context_tokens, r.max_completion_tokens, r.default_max_completion_tokens, r.vision
              from price_version v join route r using (model)""";

    private final JdbcClient jdbc;
    private final AliasRows aliases;

    PriceBook(JdbcClient jdbc, AliasRows aliases) {
        this.jdbc = jdbc;
        this.aliases = aliases;
    }

    /** A version as it stands in the book, with the hash of the request that brought it, if one did. */
    record KeyedVersion(PriceVersion version, byte @Nullable [] requestHash) {}

    public Optional<RouteLimits> limitsOf(String model) {
        return jdbc.sql("select * from route where model = ?")
                .param(model)
                .query((row, number) -> BookRows.limits(row))
                .optional();
    }

    boolean isSold(String model) {
        return jdbc.sql("select exists (select from price_version where kind = 'price' and model = ?)")
                .param(model)
                .query(Boolean.class)
                .single();
    }

    /** @throws ApiError 422 if its name is an alias of another route */
    void addRoute(String model, RouteLimits limits) {
        jdbc.sql("""
                        insert into route (model, context_tokens, max_completion_tokens, default_max_completion_tokens,
                               vision)
                        values (?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        model,
                        limits.contextTokens(),
                        limits.maxCompletionTokens(),
                        limits.defaultMaxCompletionTokens(),
                        limits.hasVision())
                .update();
        if (!aliases.claim(model, model)) {
            throw ApiError.conflict(
                    "alias_taken",
                    "model",
                    "The model must be no alias of another route: " + model + " is one of "
                            + aliases.ownerOf(model).orElse("another") + ".");
        }
    }

    /** Adds a version unless its name is taken. */
    boolean add(PriceVersion version, @Nullable String idempotencyKey, byte @Nullable [] requestHash) {
        return jdbc.sql("""
                                insert into price_version (kind, price_version, model, input_usd_per_million,
                                       cached_usd_per_million, output_usd_per_million, valid_from, source_url,
                                       source_retrieved_at, source_sha256, published_by, published_at, schedule, reason,
                                       idempotency_key, request_hash)
                                values (:kind, :version, :model, :input, :cached, :output, :from, :url, :retrieved,
                                       :sha256, :by, :at, :schedule, :reason, :key, :hash) on conflict do nothing""")
                        .param("kind", NewVersion.Kind.of(version).column())
                        .param("version", version.version())
                        .param("model", version.model())
                        .param("input", version.prices().input().price())
                        .param("cached", version.prices().cachedInput().price())
                        .param("output", version.prices().output().price())
                        .param("from", Timestamp.from(version.validFrom()))
                        .param("url", version.source().url())
                        .param("retrieved", Timestamp.from(version.source().retrievedAt()))
                        .param("sha256", version.source().contentSha256(), Types.VARCHAR)
                        .param("by", version.announcedBy())
                        .param("at", Timestamp.from(version.announcedAt()))
                        .param("schedule", BookRows.json(version.schedule()), Types.VARCHAR)
                        .param("reason", version.reason(), Types.VARCHAR)
                        .param("key", idempotencyKey, Types.VARCHAR)
                        .param("hash", requestHash, Types.BINARY)
                        .update()
                == 1;
    }

    void add(RouteLossPolicySet policy) {
        jdbc.sql("""
                        insert into loss_policy (model, set_at, policy, set_by, reason)
                        values (:model, :at, :policy, :by, :reason) on conflict do nothing""")
                .param("model", policy.model())
                .param("at", Timestamp.from(policy.setAt()))
                .param("policy", policy.policy().name())
                .param("by", policy.setBy())
                .param("reason", policy.reason(), Types.VARCHAR)
                .update();
    }

    Optional<KeyedVersion> byIdempotencyKey(String publishedBy, String key) {
        return jdbc.sql(VERSIONS + " where published_by = ? and idempotency_key = ?")
                .params(publishedBy, key)
                .query((row, number) -> new KeyedVersion(BookRows.version(row), row.getBytes("request_hash")))
                .optional();
    }

    /** Every route with all that was ever announced about it, by name. */
    public List<Route> routes() {
        var prices = new ArrayList<RoutePricePublished>();
        var costs = new ArrayList<RouteCostRecorded>();
        for (var version : versions()) {
            switch (version) {
                case RoutePricePublished price -> prices.add(price);
                case RouteCostRecorded cost -> costs.add(cost);
            }
        }
        var pricesOf = prices.stream().collect(groupingBy(RoutePricePublished::model));
        var costsOf = costs.stream().collect(groupingBy(RouteCostRecorded::model));
        var policyOf = lossPolicies().stream()
                .collect(toMap(RouteLossPolicySet::model, policy -> policy, (earlier, later) -> later));
        var aliasesOf =
                aliasesSet().stream().collect(toMap(RouteAliasesSet::model, set -> set, (earlier, later) -> later));
        return Stream.of(pricesOf.keySet(), costsOf.keySet(), policyOf.keySet(), aliasesOf.keySet())
                .flatMap(Set::stream)
                .sorted()
                .distinct()
                .map(model -> new Route(
                        model,
                        pricesOf.getOrDefault(model, List.of()),
                        costsOf.getOrDefault(model, List.of()),
                        policyOf.get(model),
                        aliasesOf.get(model)))
                .toList();
    }

    /** The route that answers to that name; without a version if it is unknown. */
    public Route named(String name) {
        var routes = routes();
        var model = RouteNames.of(routes).routeOf(name);
        return routes.stream()
                .filter(route -> route.model().equals(model))
                .findFirst()
                .orElse(Route.unknown(name));
    }

    /** One route; without a version if it is unknown. */
    public Route route(String model) {
        return routes().stream()
                .filter(route -> route.model().equals(model))
                .findFirst()
                .orElse(Route.unknown(model));
    }

    public List<PriceVersion> versions() {
        return jdbc.sql(VERSIONS).query((row, number) -> BookRows.version(row)).list();
    }

    public List<RouteLossPolicySet> lossPolicies() {
        return jdbc.sql("select * from loss_policy order by set_at")
                .query((row, number) -> BookRows.lossPolicy(row))
                .list();
    }

    /** All that was ever set, in its order. */
    public List<RouteAliasesSet> aliasesSet() {
        return aliases.all();
    }

    /** Versions that Kafka does not surely have, locked against other instances until the transaction ends. */
    public List<PriceVersion> lockUnpublishedVersions(int limit) {
        return jdbc.sql(VERSIONS + " where not in_kafka order by published_at, price_version limit ?"
                        + " for update of v skip locked")
                .param(limit)
                .query((row, number) -> BookRows.version(row))
                .list();
    }

    /** The same of loss policies, the oldest first: on the topic the last one written counts. */
    public List<RouteLossPolicySet> lockUnpublishedLossPolicies(int limit) {
        return jdbc.sql("select * from loss_policy where not in_kafka order by set_at limit ? for update skip locked")
                .param(limit)
                .query((row, number) -> BookRows.lossPolicy(row))
                .list();
    }

    /** The same of aliases. */
    public List<RouteAliasesSet> lockUnpublishedAliases(int limit) {
        return aliases.lockUnpublished(limit);
    }

    public void markPublished(RouteAliasesSet set) {
        aliases.markPublished(set);
    }

    public void markPublished(PriceVersion version) {
        jdbc.sql("update price_version set in_kafka = true where kind = ? and price_version = ?")
                .params(NewVersion.Kind.of(version).column(), version.version())
                .update();
    }

    public void markPublished(RouteLossPolicySet policy) {
        jdbc.sql("update loss_policy set in_kafka = true where model = ? and set_at = ?")
                .params(policy.model(), Timestamp.from(policy.setAt()))
                .update();
    }
}
