package com.gogogoapi.architecture;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module and whom it may know.
 *
 * @param folder its folder in the project, which names it here
 * @param packageName the package that all its classes are in or below
 * @param knows the folders of the modules that its classes may use
 * @param knowsInTests those that its tests may use besides
 */
record MavenModule(String folder, String packageName, Set<String> knows, Set<String> knowsInTests) {

    static MavenModule of(String folder, String packageName, Set<String> knows) {
        return new MavenModule(folder, packageName, knows, Set.of());
    }

    MavenModule inTests(Set<String> alsoKnows) {
        return new MavenModule(folder, packageName, knows, alsoKnows);
    }

    /** Its packages, as ArchUnit writes them. */
    String packages() {
        return packageName + "..";
    }

    Set<String> mayKnow(boolean inTests) {
        return inTests ? Stream.concat(knows.stream(), knowsInTests.stream()).collect(Collectors.toSet()) : knows;
    }
}
