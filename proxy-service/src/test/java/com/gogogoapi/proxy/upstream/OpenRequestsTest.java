package com.gogogoapi.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {

    private final OpenRequests open = new OpenRequests();
    private final List<String> cut = new ArrayList<>();

    private Cancellation request(String name) {
        var request = new Cancellation();
        request.by(why -> cut.add(name));
        return request;
    }

    @Test
    void cutsOffWhatRunsAndNotWhatIsOver() {
        open.add(request("runs"));
        var over = request("is over");
        open.add(over);
        open.remove(over);
        open.cutOff();
        assertThat(cut).containsExactly("runs");
    }

    @Test
    void whatComesAfterwardsIsCutOffAtOnce() {
        open.cutOff();
        open.add(request("came late"));
        assertThat(cut).containsExactly("came late");
    }
}
