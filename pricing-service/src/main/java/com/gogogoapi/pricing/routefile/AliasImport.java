package com.gogogoapi.pricing.routefile;

import com.gogogoapi.pricing.book.Aliases;
import com.gogogoapi.pricing.routefile.RouteImport.Action;
import com.gogogoapi.pricing.routefile.RouteImport.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names in a route file. They are given up everywhere before any is taken, so that a file can pass them around. */
@Component
class AliasImport {

    private final Aliases aliases;

    AliasImport(Aliases aliases) {
        this.aliases = aliases;
    }

    List<Change> changes(RouteFile file) {
        var released = new HashSet<String>();
        for (var entry : file.routes()) {
            if (entry.aliases() != null) {
                released.addAll(before(entry));
            }
        }
        var changes = new ArrayList<Change>();
        for (var entry : file.routes()) {
            var wanted = entry.aliases();
            if (isAnothers(entry.model(), entry.model()) && !released.contains(entry.model())) {
                changes.add(change(entry, "model", Action.REFUSE, "model must be no alias of another route."));
            }
            if (wanted == null || wanted.equals(before(entry))) {
                continue;
            }
            var taken = wanted.stream()
                    .filter(alias -> isAnothers(alias, entry.model()) && !released.contains(alias))
                    .toList();
            changes.add(
                    taken.isEmpty()
                            ? change(entry, "aliases", Action.ADD, before(entry) + " become " + wanted)
                            : change(
                                    entry,
                                    "aliases",
                                    Action.REFUSE,
                                    "Every alias must be a name that no other route has, not " + taken.getFirst()
                                            + "."));
        }
        return changes;
    }

    private boolean isAnothers(String name, String model) {
        return aliases.ownerOf(name).filter(owner -> !owner.equals(model)).isPresent();
    }

    private List<String> before(RouteFile.Entry entry) {
        return aliases.latestOf(entry.model()).map(set -> set.aliases()).orElse(List.of());
    }

    private static Change change(RouteFile.Entry entry, String kind, Action action, @Nullable String message) {
        return new Change(entry.model(), kind, RouteImport.name(action), null, null, null, message);
    }

    /** To be called before routes are added, whose names may be among those given up. */
    void release(RouteFile file) {
        for (var entry : file.routes()) {
            if (entry.aliases() != null) {
                aliases.release(entry.model(), entry.aliases());
            }
        }
    }

    void set(RouteFile file, String setBy) {
        for (var entry : file.routes()) {
            var wanted = entry.aliases();
            if (wanted != null && !wanted.equals(before(entry))) {
                aliases.set(entry.model(), wanted, setBy, null);
            }
        }
    }
}
