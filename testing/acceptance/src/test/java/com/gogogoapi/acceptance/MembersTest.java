package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.People.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A personal account that becomes an organisation's, its members, and what becomes of their keys. */
@Tag("acceptance")
class MembersTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Customer customer = SYSTEM.customer("1.00");
    private final People people = People.of(customer);

    private static Map<String, String> invitation(String role) {
        return Map.of("email", UUID.randomUUID() + "@example.com", "role", role);
    }

    private static int calling(String key) {
        return SYSTEM.send("POST", "/v1/chat/completions", key, Customer.chat("Hello", 5, false))
                .statusCode();
    }

    private Person organisationsOwner() {
        people.asOrganisation();
        return people.invited("owner");
    }

    @Test
    void aPersonalAccountBecomesAnOrganisationInPlace() {
        var owner = people.invited("owner");
        assertThat(owner.done("GET", "/account", Map.of()).path("kind").asString())
                .isEqualTo("personal");
        var tooEarly = owner.send("POST", "/invitations", invitation("developer"));
        assertThat(tooEarly.statusCode()).isEqualTo(422);
        assertThat(tooEarly.body()).contains("personal_account");

        assertThat(calling(customer.apiKey())).isEqualTo(200);
        var before = customer.booksAtRest();
        var now = owner.done("POST", "/account/organisation", Map.of("name", "Example Inc."));
        assertThat(now.path("kind").asString()).isEqualTo("organisation");
        assertThat(now.path("account_id").asString()).isEqualTo(customer.account());
        assertThat(customer.books()).isEqualTo(before);
        assertThat(calling(customer.apiKey())).as("keys go on").isEqualTo(200);
        owner.done("POST", "/account/organisation", Map.of("name", "Example Inc."));
        assertThat(owner.send("POST", "/account/organisation", Map.of("name", "Another"))
                        .body())
                .contains("already_organisation");

        var developer = people.accepting(owner.done("POST", "/invitations", invitation("developer")));
        assertThat(calling(developer.inferenceKey())).isEqualTo(200);
        assertThat(owner.done("GET", "/members", Map.of()).path("data").size()).isEqualTo(2);
    }

    @Test
    void aDeveloperSeesHisOwnRequestsAndNobodyElses() {
        organisationsOwner();
        var one = people.invited("developer");
        var other = people.invited("developer");
        var key = one.inferenceKey();
        assertThat(calling(key)).isEqualTo(200);
        assertThat(calling(other.inferenceKey())).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(requests(customer.apiKey())).hasSize(2));

        var own = requests(one.managementKey());
        assertThat(own).hasSize(1);
        assertThat(own.getFirst().path("member_id").asString()).isEqualTo(one.id());
        var others = requests(other.managementKey()).getFirst().path("id").asString();
        for (var path :
                List.of("/requests/" + others, "/generation?id=" + others, "/requests/" + others + "/receipt")) {
            assertThat(one.send("GET", path, Map.of()).statusCode()).as(path).isEqualTo(404);
            assertThat(other.send("GET", path, Map.of()).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(SYSTEM.send("GET", "/v1/ledger", key, "").statusCode())
                .as("the statement is everybody's")
                .isEqualTo(403);
        assertThat(SYSTEM.send("GET", "/v1/credits", key, "").statusCode()).isEqualTo(200);
    }

    private static List<JsonNode> requests(String key) {
        var answer = SYSTEM.send("GET", "/v1/requests", key, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("data")
                .valueStream()
                .toList();
    }

    @Test
    void ownersLimitWhatMembersAndTheAccountSpendTogether() {
        var owner = organisationsOwner();
        var developer = people.invited("developer");
        var keys = List.of(developer.inferenceKey(), developer.inferenceKey());
        var ofMember = "/members/" + developer.id() + "/limits";
        var tooLittle = Map.of("budgets", List.of(Map.of("window", "month", "limit_usd", "0.00000001")));
        var enough = Map.of("budgets", List.of(Map.of("window", "month", "limit_usd", "1")));

        assertThat(developer.send("PUT", ofMember, enough).statusCode()).isEqualTo(403);
        owner.done("PUT", ofMember, tooLittle);
        assertThat(owner.done("GET", ofMember, Map.of()).toString()).contains("\"limit_usd\":\"0.00000001\"");
        for (var key : keys) {
            awaitRefusedFor("member", key);
        }
        owner.done("PUT", ofMember, enough);
        owner.done("PUT", "/account/limits", tooLittle);
        for (var key : keys) {
            awaitRefusedFor("account", key);
        }
        SYSTEM.operator("PUT", "/accounts/" + customer.account() + "/limits", enough);
        awaitRefusedFor("account", keys.getFirst());
        owner.done("PUT", "/account/limits", enough);
        for (var key : keys) {
            await().atMost(SOON).untilAsserted(() -> assertThat(calling(key)).isEqualTo(200));
        }
    }

    private static void awaitRefusedFor(String scope, String key) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        SYSTEM.send("POST", "/v1/chat/completions", key, Customer.chat("Hello", 5, false))
                                .body())
                .contains("key_limit_exceeded", "\"scope\":\"" + scope + "\""));
    }

    @Test
    void whoRemovesAMemberSaysWhatBecomesOfTheKeys() {
        var owner = organisationsOwner();
        var leaving = people.invited("developer");
        var heir = people.invited("developer");
        var viewer = people.invited("viewer");
        var key = leaving.inferenceKey();
        var removal = "/members/" + leaving.id() + "/removal";

        var asked = owner.send("POST", removal, Map.of());
        assertThat(asked.statusCode()).isEqualTo(400);
        assertThat(asked.body()).contains("\"param\":\"keys\"", "\"valid_keys\":2", "transfer");
        assertThat(owner.send("POST", removal, Map.of("keys", "transfer", "to", viewer.id()))
                        .body())
                .contains("\"param\":\"to\"");
        assertThat(calling(key)).as("nothing happened yet").isEqualTo(200);

        owner.done("POST", removal, Map.of("keys", "transfer", "to", heir.id()));
        assertThat(calling(key)).as("it goes on as the heir's").isEqualTo(200);
        assertThat(heir.done("GET", "/keys", Map.of()).path("data").toString()).contains("a member's");
        await().atMost(SOON)
                .until(() -> leaving.send("GET", "/account", Map.of()).statusCode() == 401);

        owner.done("POST", "/members/" + heir.id() + "/removal", Map.of("keys", "revoke"));
        await().atMost(SOON).until(() -> calling(key) == 401);
        assertThat(owner.done("GET", "/members", Map.of()).path("data").size()).isEqualTo(2);
    }

    @Test
    void anotherRoleTakesEffectAtOnceAndAsksWhatBecomesOfTheKeysToo() {
        var owner = organisationsOwner();
        var developer = people.invited("developer");
        var key = developer.inferenceKey();
        assertThat(developer.send("POST", "/invitations", invitation("viewer")).statusCode())
                .isEqualTo(403);
        owner.done("PATCH", "/members/" + developer.id(), Map.of("role", "admin"));
        await().atMost(SOON)
                .until(() -> developer.send("GET", "/invitations", Map.of()).statusCode() == 200);

        assertThat(owner.send("PATCH", "/members/" + developer.id(), Map.of("role", "billing"))
                        .body())
                .contains("\"param\":\"keys\"", "\"valid_keys\":1");
        owner.done("PATCH", "/members/" + developer.id(), Map.of("role", "billing", "keys", "revoke"));
        await().atMost(SOON).until(() -> calling(key) == 401);
        assertThat(developer
                        .done("GET", "/account", Map.of())
                        .path("member")
                        .path("role")
                        .asString())
                .isEqualTo("billing");
        assertThat(developer.send("POST", "/keys", Map.of("label", "x")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theLastOwnerCannotLeaveAndAnAdminTouchesNoOwner() {
        var owner = organisationsOwner();
        var admin = people.invited("admin");
        assertThat(owner.send("POST", "/members/" + owner.id() + "/removal", Map.of("keys", "revoke"))
                        .body())
                .contains("last_owner");
        assertThat(owner.send("PATCH", "/members/" + owner.id(), Map.of("role", "admin"))
                        .body())
                .contains("last_owner");
        for (var answer : List.of(
                admin.send("PATCH", "/members/" + admin.id(), Map.of("role", "owner")),
                admin.send("PATCH", "/members/" + owner.id(), Map.of("role", "viewer")),
                admin.send("POST", "/members/" + owner.id() + "/removal", Map.of("keys", "revoke")),
                admin.send("POST", "/invitations", invitation("owner")))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("role_not_allowed");
        }

        owner.done("PATCH", "/members/" + admin.id(), Map.of("role", "owner"));
        owner.done("POST", "/members/" + owner.id() + "/removal", Map.of("keys", "revoke"));
        await().atMost(SOON).until(() -> owner.send("GET", "/account", Map.of()).statusCode() == 401);
        var developer = people.invited("developer");
        developer.done("POST", "/members/" + developer.id() + "/removal", Map.of("keys", "revoke"));
    }

    /** A key that manages keys speaks as its member: nobody else may come to hold it. */
    @Test
    void nobodyRotatesAnothersManagementKey() {
        var owner = organisationsOwner();
        var admin = people.invited("admin");
        var ofOwner = owner.done("GET", "/keys?search=own", Map.of())
                .path("data")
                .valueStream()
                .filter(key -> key.path("created_by").asString("").equals(owner.id()))
                .findFirst()
                .orElseThrow()
                .path("key_id")
                .asString();
        var answer = admin.send("POST", "/keys/" + ofOwner + "/rotation", Map.of("overlap_seconds", 0));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(owner.done("GET", "/account", Map.of()).path("members").asInt())
                .isEqualTo(2);
        assertThat(admin.send("POST", "/keys", Map.of("label", "x", "purpose", "management", "member", owner.id()))
                        .body())
                .contains("\"param\":\"member\"");
    }

    @Test
    void anInvitationIsAcceptedOnce() {
        var owner = organisationsOwner();
        var made = owner.done("POST", "/invitations", invitation("viewer"));
        var link = made.path("link").asString();
        var body = JsonMapper.shared().writeValueAsString(Map.of("token", link.substring(link.indexOf('#') + 1)));
        assertThat(SYSTEM.send("POST", "/v1/invitations/acceptance", "", body).statusCode())
                .isEqualTo(200);
        assertThat(SYSTEM.send("POST", "/v1/invitations/acceptance", "", body).body())
                .contains("invitation_accepted");
        var revoked = owner.done("POST", "/invitations", invitation("viewer"));
        owner.done("DELETE", "/invitations/" + revoked.path("invitation_id").asString(), Map.of());
        var link2 = revoked.path("link").asString();
        assertThat(SYSTEM.send(
                                "POST",
                                "/v1/invitations/acceptance",
                                "",
                                JsonMapper.shared()
                                        .writeValueAsString(Map.of("token", link2.substring(link2.indexOf('#') + 1))))
                        .body())
                .contains("invitation_revoked");
        assertThat(owner.send("GET", "/invitations", Map.of()).body()).doesNotContain("in-gogogo-");
    }
}
