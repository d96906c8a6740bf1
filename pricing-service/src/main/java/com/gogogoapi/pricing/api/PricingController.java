package com.gogogoapi.pricing.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.pricing.book.PriceBook;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Current, past and scheduled prices. What the upstream charges is not among them. */
@RestController
@RequestMapping("/internal/pricing")
class PricingController {

    private final PriceBook book;
    private final Clock clock;

    PricingController(PriceBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<PriceAnswers.Pricing> all() {
        var now = clock.instant();
        var routes = book.routes();
        var prices = routes.stream()
                .map(route -> PriceAnswers.routePrice(route, now))
                .flatMap(Optional::stream)
                .toList();
        return Caching.answer(
                new PriceAnswers.Pricing("list", now, prices), prices.toString(), Caching.until(routes, now));
    }

    @GetMapping("/{model}")
    ResponseEntity<PriceAnswers.RoutePrice> one(@PathVariable String model) {
        var now = clock.instant();
        var route = book.named(model);
        var price = PriceAnswers.routePrice(route, now).orElseThrow(() -> ApiError.modelNotFound(model));
        return Caching.answer(price, price.toString(), Caching.until(List.of(route), now));
    }

    @GetMapping("/{model}/history")
    ResponseEntity<PriceAnswers.History> history(@PathVariable String model) {
        var route = book.named(model);
        if (route.prices().isEmpty()) {
            throw ApiError.modelNotFound(model);
        }
        var versions = route.prices().stream().map(PriceAnswers.Version::of).toList();
        return Caching.answer(
                new PriceAnswers.History("list", route.model(), versions),
                versions.toString(),
                Caching.until(List.of(route), clock.instant()));
    }
}
