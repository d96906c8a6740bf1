package com.gogogoapi.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.gogogoapi.contracts.planted.KnowsSpring;
import com.gogogoapi.contracts.planted.KnowsTheChassis;
import com.gogogoapi.evidence.planted.KnowsADatabase;
import com.gogogoapi.ledger.account.planted.KnowsAFramework;
import com.gogogoapi.ledger.account.planted.KnowsTheLog;
import com.gogogoapi.ledger.account.planted.MakesIdsByChance;
import com.gogogoapi.ledger.account.planted.PassesTheClockOn;
import com.gogogoapi.ledger.account.planted.ReadsTheClock;
import com.gogogoapi.ledger.account.planted.ReadsTheSystemClock;
import com.gogogoapi.pricing.planted.egg.Egg;
import com.gogogoapi.pricing.planted.hen.Hen;
import com.gogogoapi.proxy.planted.KnowsTheLedger;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule reports what was planted against it: a rule that cannot fail checks nothing. */
class PlantedViolationsTest {

    private static final Map<String, String> FOLDERS = Map.of(
            "contracts", "contracts",
            "ledger-service", "ledger-service",
            "proxy-service", "proxy-service",
            "embedded", "deploy/embedded");

    static Stream<Arguments> planted() {
        var service = ClassRules.knowsOnlyWhatItMay(Modules.in("proxy-service"));
        var contracts = ClassRules.knowsOnlyWhatItMay(Modules.in("contracts"));
        var auditor = ClassRules.knowsOnlyWhatItMay(Modules.in("auditor"));
        var account = ClassRules.ACCOUNT_IS_PURE;
        var repeatable = ClassRules.ACCOUNT_HAS_NO_CLOCK_AND_NO_CHANCE;
        return Stream.of(
                arguments(service, KnowsTheLedger.class, "com.gogogoapi.ledger.LedgerService"),
                arguments(contracts, KnowsTheChassis.class, "com.gogogoapi.chassis.errors.ApiError"),
                arguments(
                        auditor,
                        com.gogogoapi.auditor.planted.KnowsTheLedger.class,
                        "com.gogogoapi.ledger.account.EventIds"),
                arguments(
                        ClassRules.knowsNoFramework(Modules.in("contracts")),
                        KnowsSpring.class,
                        "org.springframework.boot.context.properties.ConfigurationProperties"),
                arguments(
                        ClassRules.knowsNoFramework(Modules.in("evidence")),
                        KnowsADatabase.class,
                        "java.sql.Connection"),
                arguments(
                        ClassRules.isInItsPackage(Modules.in("quote-service")),
                        KnowsTheLedger.class,
                        "com.gogogoapi.quote.."),
                arguments(account, KnowsTheLog.class, "com.gogogoapi.ledger.log.StoredEvent"),
                arguments(account, com.gogogoapi.ledger.account.planted.KnowsADatabase.class, "java.sql.Connection"),
                arguments(account, KnowsAFramework.class, "org.springframework.stereotype.Component"),
                arguments(repeatable, ReadsTheClock.class, "java.time.Instant.now()"),
                arguments(repeatable, PassesTheClockOn.class, "java.time.Instant.now()"),
                arguments(repeatable, ReadsTheSystemClock.class, "java.lang.System.nanoTime()"),
                arguments(repeatable, MakesIdsByChance.class, "java.util.UUID.randomUUID()"));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void isReportedByItsRule(ArchRule rule, Class<?> planted, String forbidden) {
        assertThat(report(rule, planted))
                .anySatisfy(line -> assertThat(line).contains(planted.getName()).contains(forbidden));
    }

    @Test
    void aCircleOfPackagesIsReported() {
        assertThat(report(ClassRules.NO_PACKAGE_IS_IN_A_CIRCLE, Egg.class, Hen.class))
                .singleElement()
                .asString()
                .contains("Slice pricing.planted.egg", "Slice pricing.planted.hen");
    }

    private static List<String> report(ArchRule rule, Class<?>... planted) {
        return rule.evaluate(new ClassFileImporter().importClasses(planted))
                .getFailureReport()
                .getDetails();
    }

    static Stream<Arguments> plantedInPoms() {
        return Stream.of(
                arguments("proxy-service", dependency("com.gogogoapi", "ledger-service", "compile"), "ledger-service"),
                arguments("proxy-service", dependency("com.gogogoapi", "ledger-service", "test"), "ledger-service"),
                arguments("proxy-service", dependency("com.gogogoapi", "embedded", "compile"), "embedded"),
                arguments("auditor", dependency("com.gogogoapi", "ledger-service", "runtime"), "ledger-service"),
                arguments(
                        "contracts",
                        dependency("org.springframework.boot", "spring-boot-starter", "compile"),
                        "org.springframework.boot"));
    }

    private static String dependency(String groupId, String artifactId, String scope) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><scope>%s</scope></dependency>"
                .formatted(groupId, artifactId, scope);
    }

    @ParameterizedTest
    @MethodSource("plantedInPoms")
    void aDependencyThatNoClassUsesIsReported(String folder, String dependency, String forbidden) {
        assertThat(PomRules.violations(Modules.in(folder), pomWith(dependency), FOLDERS))
                .containsExactly(folder + " must not depend on " + forbidden);
    }

    @Test
    void whatAModuleMayKnowIsNotReported() {
        assertThat(PomRules.violations(
                        Modules.in("proxy-service"),
                        pomWith(dependency("com.gogogoapi", "contracts", "compile")
                                + dependency("com.gogogoapi", "embedded", "test")),
                        FOLDERS))
                .isEmpty();
    }

    private static Pom pomWith(String dependencies) {
        return Pom.parse("<project><dependencies>" + dependencies + "</dependencies></project>");
    }

    @Test
    void aModuleThatIsNotInTheTableIsReported() {
        var root = Pom.parse("<project><modules><module>contracts</module><module>new</module></modules></project>");
        assertThat(PomRules.unlisted(root, List.of(Modules.in("contracts"), Modules.in("evidence"))))
                .containsExactly("new", "evidence");
    }
}
