package com.gogogoapi.contracts.wire;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who logs in to Kafka, and what each may do there; nobody else may do anything.
 *
 * <p>Who can write {@code ledger-intake} can ask the ledger for anything, and who can write the ledger's own topics can
 * make others believe what it never decided. So each service is a user of its own and writes its own topics, and
 * {@code dead-letters}, alone. Each may look at every topic and make those that are missing, since whichever service
 * starts first makes them; none may change or delete one.
 */
public enum BrokerUser {
    /** The broker's super user: needs no rights, and is no service's. */
    ADMIN("admin", List.of(), List.of(), List.of()),
    /** Reads every topic and changes nothing; its consumer groups, where a tool wants one, begin with its name. */
    AUDITOR("auditor", List.of(), Topics.ALL, List.of("auditor")),
    PRICING_SERVICE("pricing-service", List.of(Topics.ROUTE_PRICES), List.of(), List.of()),
    ACCOUNT_SERVICE("account-service", List.of(Topics.API_KEYS), List.of(), List.of()),
    QUOTE_SERVICE(
            "quote-service",
            List.of(Topics.LEDGER_INTAKE),
            List.of(Topics.ROUTE_PRICES, Topics.LEDGER_EVENTS),
            List.of()),
    /** Writes the intake too: what falls due with time, the end of a hold or of a grant, it asks of itself. */
    LEDGER_SERVICE(
            "ledger-service",
            List.of(Topics.LEDGER_INTAKE, Topics.LEDGER_EVENTS, Topics.CREDIT_DECISIONS, Topics.LEDGER_CHECKPOINTS),
            List.of(Topics.LEDGER_INTAKE, Topics.LEDGER_EVENTS, Topics.LEDGER_CHECKPOINTS),
            List.of("ledger-service")),
    PROXY_SERVICE(
            "proxy-service",
            List.of(Topics.LEDGER_INTAKE),
            List.of(Topics.CREDIT_DECISIONS, Topics.API_KEYS),
            List.of("proxy-decisions")),
    /** Writes nothing that anybody decides by. */
    USAGE_SERVICE(
            "usage-service", List.of(), List.of(Topics.LEDGER_EVENTS, Topics.ROUTE_PRICES), List.of("usage-service")),
    /** Asks the ledger to credit what was paid in, and its log over HTTP what became of that. */
    FUNDING_SERVICE("funding-service", List.of(Topics.LEDGER_INTAKE), List.of(), List.of());

    private final String username;
    private final List<String> writes;
    private final List<String> reads;
    private final List<String> groups;

    BrokerUser(String username, List<String> writes, List<String> reads, List<String> groups) {
        this.username = username;
        this.writes = writes;
        this.reads = reads;
        this.groups = groups;
    }

    /** The name to log in with. */
    public String username() {
        return username;
    }

    /** The name by which Kafka knows it in access control lists. */
    public String principal() {
        return "User:" + username;
    }

    /** All that it may do. */
    public Set<AclBinding> rights() {
        var rights =
                switch (this) {
                    case ADMIN -> Stream.<AclBinding>empty();
                    case AUDITOR ->
                        Stream.concat(
                                each(reads, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS),
                                groups(PatternType.PREFIXED));
                    case PRICING_SERVICE,
                            ACCOUNT_SERVICE,
                            QUOTE_SERVICE,
                            LEDGER_SERVICE,
                            PROXY_SERVICE,
                            USAGE_SERVICE,
                            FUNDING_SERVICE -> ofService();
                };
        return rights.collect(Collectors.toUnmodifiableSet());
    }

    private Stream<AclBinding> ofService() {
        return Stream.of(
                        each(Topics.ALL, AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS),
                        each(writes, AclOperation.WRITE),
                        each(List.of(Topics.DEAD_LETTERS), AclOperation.WRITE),
                        each(reads, AclOperation.READ),
                        groups(PatternType.LITERAL))
                .flatMap(some -> some);
    }

    private Stream<AclBinding> each(List<String> topics, AclOperation... operations) {
        return topics.stream().flatMap(topic -> Stream.of(operations)
                .map(operation -> may(operation, ResourceType.TOPIC, topic, PatternType.LITERAL)));
    }

    private Stream<AclBinding> groups(PatternType pattern) {
        return groups.stream().map(group -> may(AclOperation.READ, ResourceType.GROUP, group, pattern));
    }

    private AclBinding may(AclOperation operation, ResourceType kind, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(kind, name, pattern),
                new AccessControlEntry(principal(), "*", operation, AclPermissionType.ALLOW));
    }
}
