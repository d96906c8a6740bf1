package com.gogogoapi.architecture;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same directions in the POMs: what no class may use is not to be there at all, used or not. */
final class PomRules {

    private PomRules() {}

    /**
     * @param folders of our modules, by artifact
     * @return what is wrong, a line each
     */
    static List<String> violations(MavenModule module, Pom pom, Map<String, String> folders) {
        var unwanted = pom.dependencies().stream()
                .filter(Pom.Dependency::isOurs)
                .filter(dependency ->
                        !module.mayKnow(dependency.isOfTests()).contains(folders.get(dependency.artifactId())))
                .map(dependency -> module.folder() + " must not depend on " + dependency.artifactId());
        var frameworks = ClassRules.WITHOUT_FRAMEWORK.contains(module.folder())
                ? pom.dependencies().stream()
                        .map(Pom.Dependency::groupId)
                        .filter(group -> group.startsWith("org.springframework"))
                        .map(group -> module.folder() + " must not depend on " + group)
                : Stream.<String>empty();
        return Stream.concat(unwanted, frameworks).toList();
    }

    /** @return the modules that are built but not in the table, or in the table but not built */
    static List<String> unlisted(Pom root, Collection<MavenModule> table) {
        var listed = table.stream().map(MavenModule::folder).toList();
        return Stream.concat(
                        root.modules().stream().filter(folder -> !listed.contains(folder)),
                        listed.stream().filter(folder -> !root.modules().contains(folder)))
                .toList();
    }
}
