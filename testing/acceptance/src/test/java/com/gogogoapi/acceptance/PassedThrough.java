package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules by which what goes through may differ from what came, each of them by name; all else must be the same, byte for
 * byte.
 *
 * <p>On its way up: {@code model}, the limit, and the customer's own id are replaced by ours, which stand at the end; fields
 * of our own are taken out; {@code stream_options} of a stream of chunks asks for the usage; white space around a field that
 * goes, goes with it.
 *
 * <p>On its way back: a usage has what it cost in {@code cost} and {@code cost_usd}, at its end; the event of a stream that
 * shows it is written anew, so that a number in it may have another form of the same value; a chunk that has nothing but a usage
 * that nobody asked for stays away.
 */
record PassedThrough(Spoken protocol) {

    private static final Set<String> OURS =
            Set.of("quote_id", "on_insufficient_credit", "expectedCompletionTokens", "expected_completion_tokens");
    private static final Set<String> LIMITS =
            Set.of("max_tokens", "max_output_tokens", "max_completion_tokens", "maxCompletionTokens");
    private static final Set<String> COST = Set.of("cost", "cost_usd");
    private static final Pattern END_OF_EVENT = Pattern.compile("\r?\n\r?\n");
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Set<String> customersIds() {
        return switch (protocol) {
            case CHAT, COMPLETIONS -> Set.of("user", "user_id");
            case MESSAGES -> Set.of("metadata");
            case RESPONSES -> Set.of("user", "user_id", "safety_identifier");
        };
    }

    void assertRequest(String sent, String got, boolean isStream) {
        var replaced =
                new ArrayList<>(List.of("model", protocol == Spoken.RESPONSES ? "max_output_tokens" : "max_tokens"));
        replaced.add(protocol == Spoken.MESSAGES ? "metadata" : "user_id");
        var removed = new HashSet<>(customersIds());
        removed.addAll(OURS);
        removed.addAll(LIMITS);
        removed.add("model");
        if (isStream && (protocol == Spoken.CHAT || protocol == Spoken.COMPLETIONS)) {
            removed.add("stream_options");
            replaced.add("stream_options");
        }
        var kept = RawMembers.of(sent).without(removed).members();
        var came = RawMembers.of(got).members();
        assertThat(came.subList(0, kept.size())).as("what is not replaced").isEqualTo(kept);
        assertThat(came.subList(kept.size(), came.size()))
                .as("what is ours")
                .extracting(RawMembers.Member::name)
                .containsExactlyElementsOf(
                        replaced.stream().map(name -> "\"" + name + "\"").toList());
    }

    void assertWhole(String upstreams, String ours) {
        if (ours.equals(upstreams)) {
            return;
        }
        var usage = RawMembers.of(upstreams).value("usage");
        var shown = RawMembers.of(ours).value("usage");
        assertThat(replaceUsage(ours, shown, usage)).as("what is not the usage").isEqualTo(upstreams);
        assertUsage(usage, shown);
    }

    /** A usage is written with what it is in the document once. */
    private static String replaceUsage(String answer, String shown, String usage) {
        var at = answer.lastIndexOf(shown);
        return answer.substring(0, at) + usage + answer.substring(at + shown.length());
    }

    private static void assertUsage(String usage, String shown) {
        var members = RawMembers.of(shown);
        assertThat(members.without(COST)).isEqualTo(RawMembers.of(usage).without(COST));
        assertThat(members.value("cost_usd")).matches("\"[0-9.]+\"");
    }

    /** @param isUsageAskedFor of chunks: whether the client asked to see it */
    void assertStream(String upstreams, String ours, boolean isUsageAskedFor) {
        var at = 0;
        for (var event : events(upstreams)) {
            if (ours.startsWith(event, at)) {
                at += event.length();
            } else if (!isHidden(event, isUsageAskedFor)) {
                var end = END_OF_EVENT.matcher(ours);
                assertThat(end.find(at)).as("an event at %s of %s", at, ours).isTrue();
                assertCost(event, ours.substring(at, end.end()));
                at = end.end();
            }
        }
        assertThat(ours.substring(at)).as("behind the end").isEmpty();
    }

    private static List<String> events(String stream) {
        var events = new ArrayList<String>();
        var from = 0;
        for (var end = END_OF_EVENT.matcher(stream); end.find(); from = end.end()) {
            events.add(stream.substring(from, end.end()));
        }
        assertThat(from).isEqualTo(stream.length());
        return events;
    }

    private static JsonNode data(String event) {
        var data = event.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .toList();
        return EXACT.readTree(String.join("\n", data));
    }

    private static List<String> otherLines(String event) {
        return event.lines().filter(line -> !line.startsWith("data:")).toList();
    }

    private static boolean isHidden(String event, boolean isUsageAskedFor) {
        return !isUsageAskedFor && event.contains("\"choices\":[],\"usage\"");
    }

    /** The same in all but what it cost. */
    private void assertCost(String upstreams, String ours) {
        assertThat(otherLines(ours)).isEqualTo(otherLines(upstreams));
        var came = data(upstreams);
        var shown = data(ours);
        var usage = protocol == Spoken.RESPONSES ? "/response/usage" : "/usage";
        assertThat(shown.at(usage).path("cost_usd").asString("")).as(ours).matches("[0-9.]+");
        for (var json : List.of(came, shown)) {
            COST.forEach(((ObjectNode) json.at(usage))::remove);
        }
        assertThat(byValue(shown)).isEqualTo(byValue(came));
    }

    /** JSON by its values: the order of names counts, how a number is written does not. */
    private static Object byValue(JsonNode json) {
        if (json.isObject()) {
            return json.properties().stream()
                    .map(member -> List.of(member.getKey(), byValue(member.getValue())))
                    .toList();
        }
        if (json.isArray()) {
            return json.valueStream().map(PassedThrough::byValue).toList();
        }
        return json.isNumber() ? json.decimalValue().stripTrailingZeros() : json.toString();
    }
}
