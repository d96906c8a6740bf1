package com.gogogoapi.pricing.routefile;

import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.pricing.book.Aliases;
import com.gogogoapi.pricing.book.Announcements;
import com.gogogoapi.pricing.book.NewVersion;
import com.gogogoapi.pricing.book.PriceBook;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Writes the start-up data into the book. Whoever runs the service has the last word: a route that the book has prices of
 * keeps them; so do its costs once an operator recorded one, its aliases and its policy once they were set.
 *
 * <p>Costs that all came from start-up data are completed by what is new in it. Nobody pays by them, and an installation
 * that was started before the upstream raised its prices would otherwise go on believing that it does not lose.
 */
@Component
public class FirstRoutes {

    private static final Logger log = LoggerFactory.getLogger(FirstRoutes.class);
    private static final String WHO = "start-up data";

    private final PriceBook book;
    private final Announcements announcements;
    private final Aliases aliases;

    FirstRoutes(
            PriceBook book,
            Announcements announcements,
            Aliases aliases,
            @Value("${gogogoapi.pricing.first-routes:classpath:first-routes.yaml}") Resource file)
            throws IOException {
        this.book = book;
        this.announcements = announcements;
        this.aliases = aliases;
        try (var yaml = file.getInputStream()) {
            RouteFile.read(yaml.readNBytes(RouteFile.MAX_BYTES), WHO).routes().forEach(this::write);
        }
    }

    private void write(RouteFile.Entry entry) {
        if (nameIsTaken(entry.model(), entry.model())) {
            return;
        }
        var route = book.route(entry.model());
        if (route.prices().isEmpty()) {
            entry.prices().forEach(announcements::addHistory);
        }
        if (route.costs().stream().allMatch(cost -> cost.announcedBy().equals(WHO))) {
            entry.costs().forEach(cost -> addIfNew(cost, route));
        }
        if (route.lossPolicy() == null && entry.onLoss() != null) {
            announcements.setLossPolicy(entry.model(), entry.onLoss(), WHO, null);
        }
        if (route.aliasesSet() == null && entry.aliases() != null) {
            setAliases(entry.model(), entry.aliases());
        }
    }

    private void addIfNew(NewVersion cost, Route route) {
        var known = route.costs().stream().map(PriceVersion::validFrom).collect(Collectors.toSet());
        if (!known.contains(cost.validFrom())) {
            announcements.addKnownCost(cost);
            if (!known.isEmpty()) {
                log.info(
                        "what the upstream charges for {} since {} is in the book now", cost.model(), cost.validFrom());
            }
        }
    }

    private void setAliases(String model, List<String> wanted) {
        var free = wanted.stream().filter(alias -> !nameIsTaken(alias, model)).toList();
        if (!free.isEmpty()) {
            aliases.set(model, free, WHO, null);
        }
    }

    /** An operator may have used a name before start-up data did. */
    private boolean nameIsTaken(String name, String model) {
        var owner = aliases.ownerOf(name).filter(other -> !other.equals(model));
        owner.ifPresent(other ->
                log.warn("start-up data does not give the name {} to {}: it is one of {} here", name, model, other));
        return owner.isPresent();
    }
}
