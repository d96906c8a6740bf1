package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The people of a customer's account, as they come in by invitations whose links are handed over. */
record People(Customer customer) {

    static final String ORGANISATION = "an organisation";

    /**
     * A member.
     *
     * @param managementKey one of his own
     */
    record Person(Customer customer, String id, String role, String managementKey) {

        /** One of his that calls models. */
        String inferenceKey() {
            return key("a member's").path("api_key").asString();
        }

        JsonNode key(String label) {
            return done("POST", "/keys", Map.of("label", label));
        }

        java.net.http.HttpResponse<String> send(String method, String path, Object body) {
            return customer.system()
                    .send(
                            method,
                            "/api/v1" + path,
                            managementKey,
                            JsonMapper.shared().writeValueAsString(body));
        }

        JsonNode done(String method, String path, Object body) {
            var answer = send(method, path, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    static People of(Customer customer) {
        return new People(customer);
    }

    /** The account becomes an organisation's, which has members. */
    People asOrganisation() {
        customer.system()
                .operator("POST", "/accounts/" + customer.account() + "/organisation", Map.of("name", ORGANISATION));
        return this;
    }

    /** Somebody whom an operator invites, and who accepts. */
    Person invited(String role) {
        var invitation = customer.system()
                .operator(
                        "POST",
                        "/accounts/" + customer.account() + "/invitations",
                        Map.of("email", role + "-" + UUID.randomUUID() + "@example.com", "role", role));
        return accepting(invitation);
    }

    /** Whoever was handed the link of an invitation. */
    Person accepting(JsonNode invitation) {
        var link = invitation.path("link").asString();
        var answer = customer.system()
                .send(
                        "POST",
                        "/api/v1/invitations/acceptance",
                        "",
                        JsonMapper.shared()
                                .writeValueAsString(
                                        Map.of("token", link.substring(link.indexOf('#') + 1), "key_label", "own")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var member = JsonMapper.shared().readTree(answer.body());
        return new Person(
                customer,
                member.path("member_id").asString(),
                member.path("role").asString(),
                member.path("api_key").asString());
    }
}
