package com.gogogoapi.contracts.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.messaging.EventJson;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteNamesTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static RouteAliasesSet aliases(String model, int second, String... aliases) {
        return new RouteAliasesSet(model, List.of(aliases), "operator", NOON.plusSeconds(second), null);
    }

    private static Route route(String model, int second, String... aliases) {
        return Route.unknown(model).with(aliases(model, second, aliases));
    }

    @Test
    void aRouteAnswersToItsNameAndItsAliases() {
        var names = RouteNames.of(List.of(route("flash", 0, "fast", "cheap"), Route.unknown("pro")));
        assertThat(List.of("flash", "fast", "cheap", "pro", "unheard-of"))
                .extracting(names::routeOf)
                .containsExactly("flash", "flash", "flash", "pro", "unheard-of");
    }

    /** Whichever of the two events comes first. */
    @Test
    void anAliasThatPassedToAnotherRouteIsTheOneThatGotItLast() {
        var before = route("flash", 0, "fast");
        var after = route("pro", 1, "fast");
        assertThat(RouteNames.of(List.of(before, after)).routeOf("fast")).isEqualTo("pro");
        assertThat(RouteNames.of(List.of(after, before)).routeOf("fast")).isEqualTo("pro");
    }

    @Test
    void aRouteWithAPriceAnswersToItsOwnNameWhateverIsAnAlias() {
        var sold = Route.unknown("m").with(Prices.version("v1", "2026-01-01T00:00:00Z", Prices.price("1", "1"), null));
        assertThat(RouteNames.of(List.of(route("flash", 0, "m"), sold)).routeOf("m"))
                .isEqualTo("m");
    }

    @Test
    void theAliasesThatWereSetLastCountInAnyOrder() {
        var first = aliases("flash", 0, "fast");
        var last = aliases("flash", 1);
        var inOrder = Route.unknown("flash").with(first).with(last);
        assertThat(inOrder.aliases()).isEmpty();
        assertThat(Route.unknown("flash").with(last).with(first).with(first)).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flash", "fast,fast", "no name", "-", ""})
    void whatCannotBeTheAliasesOfARouteIsRefused(String aliases) {
        assertThatThrownBy(() -> aliases("flash", 0, aliases.split(","))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasALimit() {
        var many = IntStream.rangeClosed(0, RouteAliasesSet.MAX_ALIASES)
                .mapToObj(number -> "fast-" + number)
                .toArray(String[]::new);
        assertThatThrownBy(() -> aliases("flash", 0, many)).hasMessage("A route must have at most 32 aliases.");
    }

    /** What was written once is read for ever. */
    @Test
    void keepsItsFormInJson() {
        var json =
                "{\"model\":\"flash\",\"aliases\":[\"fast\"],\"setBy\":\"operator\",\"setAt\":\"2026-11-26T12:00:00Z\"}";
        assertThat(new String(EventJson.write(aliases("flash", 0, "fast")), UTF_8))
                .isEqualTo(json);
        assertThat(EventJson.read(json.getBytes(UTF_8), RouteAliasesSet.class)).isEqualTo(aliases("flash", 0, "fast"));
    }
}
