package com.gogogoapi.chassis.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;

/** What is wrong with a topic: its name, what was found, what must be, and the command that mends it. */
final class TopicCheck {

    private static final String AS_ADMIN = " --bootstrap-server HOST:PORT --command-config ADMIN.properties";

    private final RequiredTopic required;
    private final List<String> wrong = new ArrayList<>();

    private TopicCheck(RequiredTopic required) {
        this.required = required;
    }

    static List<String> of(RequiredTopic required, TopicDescription found, Config settings) {
        var check = new TopicCheck(required);
        check.partitions(found.partitions().size());
        check.replicas(found.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0));
        required.settings().forEach((name, must) -> {
            var entry = settings.get(name);
            check.setting(name, entry == null ? "" : String.valueOf(entry.value()), must);
        });
        return List.copyOf(check.wrong);
    }

    private void partitions(int found) {
        if (found == required.partitions()) {
            return;
        }
        var mend = found < required.partitions()
                ? "kafka-topics.sh%s --alter --topic %s --partitions %d"
                        .formatted(AS_ADMIN, required.name(), required.partitions())
                : "none can be taken away, so the topic must be made anew";
        say(
                "partitions",
                Integer.toString(found),
                Integer.toString(required.partitions()),
                required.partitions() == 1
                        ? mend
                        : "gogogoapi.shards=%d, if the installation was created with so many; otherwise %s"
                                .formatted(found, mend));
    }

    private void replicas(int found) {
        if (found < required.replicas()) {
            say(
                    "replication",
                    Integer.toString(found),
                    Short.toString(required.replicas()),
                    "kafka-reassign-partitions.sh%s --execute --reassignment-json-file FILE, or".formatted(AS_ADMIN)
                            + " gogogoapi.replication-factor=%d where there are no more brokers".formatted(found));
        }
    }

    private void setting(String name, String found, RequiredTopic.Required must) {
        if (!must.isMetBy(found)) {
            say(
                    name,
                    found,
                    must.words(),
                    "kafka-configs.sh%s --alter --entity-type topics --entity-name %s --add-config %s=%s"
                            .formatted(AS_ADMIN, required.name(), name, must.value()));
        }
    }

    private void say(String setting, String found, String must, String mend) {
        wrong.add("%s: %s is %s and must be %s. To mend it: %s".formatted(required.name(), setting, found, must, mend));
    }
}
