package com.gogogoapi.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The project's own modules, as they were compiled and as their POMs are, keep the rules. */
class ArchitectureTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();

    /** What ships; tests' classes are not in it. */
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .importPaths(modulesThatShip().stream()
                        .map(ArchitectureTest::classesOf)
                        .toList());
    }

    /** By where they were read, not by what they are called. */
    private static JavaClasses classesIn(MavenModule module) {
        return all.that(describe("are compiled in " + module.folder(), type -> type.getSource()
                .map(source -> Path.of(source.getUri()).startsWith(classesOf(module)))
                .orElse(false)));
    }

    private static Path classesOf(MavenModule module) {
        return PROJECT.resolve(module.folder()).resolve("target/classes");
    }

    private static List<MavenModule> modules() {
        return Modules.ALL;
    }

    private static List<MavenModule> modulesThatShip() {
        return Modules.ALL.stream()
                .filter(module -> Files.exists(PROJECT.resolve(module.folder()).resolve("src/main/java")))
                .toList();
    }

    private static List<MavenModule> modulesWithoutFramework() {
        return ClassRules.WITHOUT_FRAMEWORK.stream().map(Modules::in).toList();
    }

    @Test
    void everyModuleIsInTheTable() throws IOException {
        assertThat(PomRules.unlisted(Pom.in(PROJECT), Modules.ALL)).isEmpty();
    }

    /** A class file that ArchUnit cannot read, of a Java newer than it, would be passed over. */
    @ParameterizedTest
    @MethodSource("modulesThatShip")
    void everyClassFileIsRead(MavenModule module) throws IOException {
        try (var files = Files.walk(classesOf(module))) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(names).isNotEmpty().hasSize(classesIn(module).size());
        }
    }

    @ParameterizedTest
    @MethodSource("modulesThatShip")
    void everyClassIsInItsModulesPackage(MavenModule module) {
        ClassRules.isInItsPackage(module).check(classesIn(module));
    }

    @ParameterizedTest
    @MethodSource("modulesThatShip")
    void aModuleKnowsOnlyWhatItMay(MavenModule module) {
        ClassRules.knowsOnlyWhatItMay(module).check(all);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aPomNamesOnlyWhatItsModuleMayKnow(MavenModule module) throws IOException {
        assertThat(PomRules.violations(module, Pom.in(PROJECT.resolve(module.folder())), foldersByArtifact()))
                .isEmpty();
    }

    private static Map<String, String> foldersByArtifact() {
        return Modules.ALL.stream()
                .map(MavenModule::folder)
                .collect(Collectors.toMap(ArchitectureTest::artifactOf, folder -> folder));
    }

    private static String artifactOf(String folder) {
        try {
            return Pom.in(PROJECT.resolve(folder)).artifactId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutFramework")
    void whatAnOutsiderCanUseKnowsNoFramework(MavenModule module) {
        ClassRules.knowsNoFramework(module).check(all);
    }

    @Test
    void theLedgersAccountKnowsNothingButTheDomain() {
        ClassRules.ACCOUNT_IS_PURE.check(all);
    }

    @Test
    void theLedgersAccountHasNoClockAndNoChance() {
        ClassRules.ACCOUNT_HAS_NO_CLOCK_AND_NO_CHANCE.check(all);
    }

    @Test
    void noPackageIsInACircle() {
        ClassRules.NO_PACKAGE_IS_IN_A_CIRCLE.check(all);
    }
}
