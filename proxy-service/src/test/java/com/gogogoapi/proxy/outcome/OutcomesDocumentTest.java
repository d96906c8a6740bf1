package com.gogogoapi.proxy.outcome;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.outcome.OutcomeRule.Charge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/outcomes.md is the one that the code has; {@code -Doutcomes.write=true} writes it there.
 */
class OutcomesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "outcomes.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\|[^\\n]*\\n(^\\|[^\\n]*\\n)*");

    private static String table() {
        return "| rule | when | charge |\n| --- | --- | --- |\n"
                + Arrays.stream(Outcome.values()).map(OutcomesDocumentTest::row).collect(joining());
    }

    private static String row(Outcome outcome) {
        return "| `" + outcome + "` | " + OutcomeMeaning.of(outcome).when() + " | " + charge(outcome) + " |\n";
    }

    private static String charge(Outcome outcome) {
        return switch (OutcomeMeaning.of(outcome).decidedBy()) {
            case LEDGER -> words(outcome, Charge.NOTHING);
            case PROXY -> words(outcome, charges(outcome));
        };
    }

    private static Set<Charge> charges(Outcome outcome) {
        return OutcomeRuleTest.everyCombination()
                .map(OutcomeRuleTest.Given::rule)
                .filter(rule -> rule.outcome() == outcome)
                .map(OutcomeRule::charge)
                .collect(toCollection(TreeSet::new));
    }

    private static String words(Outcome outcome, Set<Charge> charges) {
        // Where one of the two is not there, the larger of both is the other.
        return charges.contains(Charge.LARGER_OF_BOTH)
                ? words(outcome, Charge.LARGER_OF_BOTH)
                : charges.stream().map(charge -> words(outcome, charge)).collect(joining(", or else "));
    }

    private static String words(Outcome outcome, Charge charge) {
        assertThat(outcome.isCharged()).as(outcome.name()).isEqualTo(charge != Charge.NOTHING);
        return switch (charge) {
            case NOTHING -> "free";
            case STATED_USAGE -> "the usage stated";
            case COUNTED_DELIVERY -> "what was delivered, counted and marked as estimated";
            case COUNTED_PROMPT -> "the prompt as it was counted, marked as estimated";
            case LARGER_OF_BOTH ->
                "the larger of the usage stated and what was delivered, which is counted and marked as estimated";
        };
    }

    @Test
    void theDocumentHasTheTableOfTheCode() throws IOException {
        var document = Files.readString(DOCUMENT);
        var written = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("outcomes.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/outcomes.md; -Doutcomes.write=true writes it")
                .isEqualTo(written)
                .contains(table());
    }
}
