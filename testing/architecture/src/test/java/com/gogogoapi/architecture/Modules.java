package com.gogogoapi.architecture;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules and who may know whom: the one table that everything else here is derived from. */
final class Modules {

    /** What every service may know. */
    private static final Set<String> FOUNDATION = Set.of("contracts", "evidence", "service-chassis");

    private static final Set<String> SERVICES = Set.of(
            "pricing-service",
            "account-service",
            "quote-service",
            "ledger-service",
            "proxy-service",
            "usage-service",
            "funding-service");

    private static final Set<String> SERVICES_AND_BELOW = both(FOUNDATION, SERVICES);

    /** What tests make accounts, requests and events with. */
    private static final String FIXTURES = "testing/fixtures";

    /** A chain to be paid on. */
    private static final String CHAIN = "simulators/chain";

    /** What tests of a service run on; another service is never among it. */
    private static final Set<String> SERVERS_FOR_TESTS = Set.of("deploy/embedded", FIXTURES, CHAIN);

    static final List<MavenModule> ALL = List.of(
            MavenModule.of("contracts", "com.gogogoapi.contracts", Set.of()),
            MavenModule.of("evidence", "com.gogogoapi.evidence", Set.of("contracts"))
                    .inTests(Set.of(FIXTURES)),
            MavenModule.of("service-chassis", "com.gogogoapi.chassis", Set.of("contracts"))
                    .inTests(SERVERS_FOR_TESTS),
            service("pricing-service", "com.gogogoapi.pricing"),
            service("account-service", "com.gogogoapi.account"),
            service("quote-service", "com.gogogoapi.quote"),
            service("ledger-service", "com.gogogoapi.ledger"),
            service("proxy-service", "com.gogogoapi.proxy"),
            service("usage-service", "com.gogogoapi.usage"),
            MavenModule.of("funding-service", "com.gogogoapi.funding", FOUNDATION)
                    .inTests(both(SERVERS_FOR_TESTS, Set.of(CHAIN))),
            // It lets in whom the contracts name, to do what they say.
            MavenModule.of("deploy/embedded", "com.gogogoapi.embedded", Set.of("contracts")),
            MavenModule.of(
                    "deploy/standalone",
                    "com.gogogoapi.standalone",
                    both(SERVICES_AND_BELOW, Set.of("deploy/embedded", "simulators/upstream", CHAIN))),
            MavenModule.of(CHAIN, "com.gogogoapi.simulator.chain", Set.of()),
            MavenModule.of("simulators/upstream", "com.gogogoapi.simulator", SERVICES_AND_BELOW),
            // It checks the ledger with rules of its own: only what it audits in tests is made by the ledger.
            MavenModule.of("auditor", "com.gogogoapi.auditor", Set.of("contracts", "evidence", "deploy/embedded"))
                    .inTests(Set.of("ledger-service", CHAIN, FIXTURES)),
            MavenModule.of(FIXTURES, "com.gogogoapi.fixtures", Set.of("contracts")),
            MavenModule.of(
                    "testing/benchmark",
                    "com.gogogoapi.benchmark",
                    both(SERVICES_AND_BELOW, Set.of("deploy/embedded", CHAIN, FIXTURES))),
            MavenModule.of("testing/acceptance", "com.gogogoapi.acceptance", Set.of())
                    .inTests(both(
                            SERVICES_AND_BELOW,
                            Set.of("deploy/embedded", "deploy/standalone", "auditor", CHAIN, FIXTURES))),
            MavenModule.of("testing/architecture", "com.gogogoapi.architecture", Set.of())
                    .inTests(Set.of("deploy/standalone", "auditor", "testing/benchmark", "funding-service")));

    private Modules() {}

    private static MavenModule service(String folder, String packageName) {
        return MavenModule.of(folder, packageName, FOUNDATION).inTests(SERVERS_FOR_TESTS);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    static MavenModule in(String folder) {
        return ALL.stream()
                .filter(module -> module.folder().equals(folder))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The module " + folder + " must be in the table."));
    }
}
