package com.gogogoapi.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.wire.BrokerUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/**
 * Gives the users of {@link BrokerUser} their passwords and exactly their rights, whatever the broker knew of them
 * before: also in data of a time when it knew nobody. Users and rights that somebody else added stay.
 */
final class BrokerUsers {

    /** Kafka's least; the passwords are random, so more of them protect nothing. */
    private static final ScramCredentialInfo CREDENTIAL = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int ASK_AGAIN_MILLIS = 50;

    private final KafkaAccess asProcess;

    BrokerUsers(KafkaAccess asProcess) {
        this.asProcess = asProcess;
    }

    /** Returns once the broker lets every one of them in. */
    void install(Map<BrokerUser, String> passwords, KafkaAccess.Login asAdmin) throws IOException {
        try (var admin = Admin.create(asProcess.clientSettings())) {
            installRights(admin);
            within(admin.alterUserScramCredentials(passwords.entrySet().stream()
                            .map(BrokerUsers::upsertion)
                            .toList())
                    .all());
            // The broker hears of changes in the order in which they were made: of the passwords last.
            awaitKnown(admin, asAdmin.username());
            awaitLogin(asAdmin);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka's users could not be set up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Kafka's users were set up", e);
        }
    }

    private static UserScramCredentialAlteration upsertion(Map.Entry<BrokerUser, String> user) {
        return new UserScramCredentialUpsertion(
                user.getKey().username(), CREDENTIAL, user.getValue().getBytes(UTF_8));
    }

    private static void installRights(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        var wanted = Arrays.stream(BrokerUser.values())
                .flatMap(user -> user.rights().stream())
                .collect(Collectors.toSet());
        var ours = Arrays.stream(BrokerUser.values()).map(BrokerUser::principal).collect(Collectors.toSet());
        var found = within(admin.describeAcls(AclBindingFilter.ANY).values()).stream()
                .filter(right -> ours.contains(right.entry().principal()))
                .collect(Collectors.toSet());
        within(admin.createAcls(less(wanted, found)).all());
        within(admin.deleteAcls(
                        less(found, wanted).stream().map(AclBinding::toFilter).toList())
                .all());
    }

    private static Set<AclBinding> less(Collection<AclBinding> some, Collection<AclBinding> others) {
        var rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static void awaitKnown(Admin admin, String username)
            throws ExecutionException, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + WITHIN.toNanos();
        while (!within(admin.describeUserScramCredentials().users()).contains(username)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the broker does not know " + username);
            }
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
        }
    }

    /** A password that was another before counts a moment after it is known. */
    private static void awaitLogin(KafkaAccess.Login user)
            throws ExecutionException, TimeoutException, InterruptedException {
        var deadline = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            try (var admin = Admin.create(user.clientSettings())) {
                within(admin.describeCluster().clusterId());
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SaslAuthenticationException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }

    private static <T> T within(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
