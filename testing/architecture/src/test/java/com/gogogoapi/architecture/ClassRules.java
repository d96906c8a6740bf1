package com.gogogoapi.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What is checked on classes. Each rule also fails if there is nothing to which it applies. */
final class ClassRules {

    private static final String OURS = "com.gogogoapi..";

    private static final String ACCOUNT = "com.gogogoapi.ledger.account..";

    /** Folders of the modules that stay usable without any framework, by an outsider too. */
    static final Set<String> WITHOUT_FRAMEWORK = Set.of("contracts", "evidence");

    private ClassRules() {}

    static ArchRule isInItsPackage(MavenModule module) {
        return classes().should().resideInAPackage(module.packages());
    }

    static ArchRule knowsOnlyWhatItMay(MavenModule module) {
        var known = Stream.concat(
                        Stream.of(module.packages()),
                        module.knows().stream().map(folder -> Modules.in(folder).packages()))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAnyPackage(known))));
    }

    static ArchRule knowsNoFramework(MavenModule module) {
        return noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.axonframework..",
                        "jakarta..",
                        "java.sql..",
                        "javax.sql..",
                        "org.postgresql..");
    }

    /** Everything else — the log, the database, the network, any framework — is out of reach of a decision about credit. */
    static final ArchRule ACCOUNT_IS_PURE = classes()
            .that()
            .resideInAPackage(ACCOUNT)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ACCOUNT,
                    "com.gogogoapi.contracts.budget..",
                    "com.gogogoapi.contracts.identity..",
                    "com.gogogoapi.contracts.ledger..",
                    "com.gogogoapi.contracts.money..",
                    "com.gogogoapi.contracts.pricing..",
                    "java.lang..",
                    "java.math..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "org.pcollections.."));

    /** The same commands give the same events, whenever they are decided and wherever they are replayed. */
    static final ArchRule ACCOUNT_HAS_NO_CLOCK_AND_NO_CHANCE = noClasses()
            .that()
            .resideInAPackage(ACCOUNT)
            .should()
            .accessTargetWhere(describe("the clock, chance or the environment", ClassRules::isUnrepeatable));

    static final ArchRule NO_PACKAGE_IS_IN_A_CIRCLE =
            slices().matching("com.gogogoapi.(**)").should().beFreeOfCycles();

    private static boolean isUnrepeatable(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return owner.isEquivalentTo(System.class)
                || owner.isAssignableTo(java.time.Clock.class)
                || owner.getPackageName().equals("java.time") && name.equals("now")
                || owner.isAssignableTo(java.util.random.RandomGenerator.class)
                || owner.isEquivalentTo(Math.class) && name.equals("random")
                || owner.isEquivalentTo(UUID.class) && name.equals("randomUUID")
                || owner.isEquivalentTo(TimeOrderedIds.class) && name.equals("next");
    }
}
