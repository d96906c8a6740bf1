package com.gogogoapi.pricing.routefile;

import com.gogogoapi.pricing.book.Announcements;
import com.gogogoapi.pricing.book.PriceBook;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Writes the start-up data into a new book. A route that the book has prices of keeps them, and so do its costs: whoever
 * runs the service has the last word.
 */
@Component
public class FirstRoutes {

    private static final String WHO = "start-up data";

    FirstRoutes(
            PriceBook book,
            Announcements announcements,
            @Value("${gogogoapi.pricing.first-routes:classpath:first-routes.yaml}") Resource file)
            throws IOException {
        try (var yaml = file.getInputStream()) {
            for (var entry :
                    RouteFile.read(yaml.readNBytes(RouteFile.MAX_BYTES), WHO).routes()) {
                var route = book.route(entry.model());
                if (route.prices().isEmpty()) {
                    entry.prices().forEach(announcements::addHistory);
                }
                if (route.costs().isEmpty()) {
                    entry.costs().forEach(announcements::addHistory);
                }
                if (route.lossPolicy() == null && entry.onLoss() != null) {
                    announcements.setLossPolicy(entry.model(), entry.onLoss(), WHO, null);
                }
            }
        }
    }
}
