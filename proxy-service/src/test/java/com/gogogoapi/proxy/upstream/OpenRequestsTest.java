package com.gogogoapi.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {

    private final OpenRequests open = new OpenRequests();
    private final List<String> cut = new ArrayList<>();

    @Test
    void cutsOffWhatRunsAndNotWhatIsOver() {
        open.add("one", () -> cut.add("runs"));
        open.add("another", () -> cut.add("is over"));
        open.remove("another");
        open.cutOff();
        assertThat(cut).containsExactly("runs");
    }

    @Test
    void whatComesAfterwardsIsCutOffAtOnce() {
        open.cutOff();
        open.add("one", () -> cut.add("came late"));
        assertThat(cut).containsExactly("came late");
    }
}
