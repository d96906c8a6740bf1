package com.gogogoapi.embedded;

import com.gogogoapi.contracts.wire.BrokerUser;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Both servers as containers; Testcontainers' own reaper removes them with the JVM. */
final class ContainerInfrastructure extends Infrastructure {

    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18");
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.1.0");

    private final PostgreSQLContainer postgres;
    private final KafkaContainer kafka;

    private ContainerInfrastructure(PostgreSQLContainer postgres, KafkaContainer kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
    }

    static ContainerInfrastructure start() {
        var postgres = new PostgreSQLContainer(POSTGRES);
        var kafka = new KafkaContainer(KAFKA);
        postgres.start();
        kafka.start();
        return new ContainerInfrastructure(postgres, kafka);
    }

    /** The image's own listeners ask nobody who he is; what the locks do is tested on the embedded broker. */
    @Override
    public KafkaAccess kafka(BrokerUser user) {
        return new KafkaAccess.Open(kafka.getBootstrapServers());
    }

    @Override
    public boolean locksKafka() {
        return false;
    }

    @Override
    Database create(String name) {
        return execute("create database " + name, name);
    }

    @Override
    public Database copyOf(Database original, String namePrefix) {
        var name = next(namePrefix);
        return execute("create database %s template %s".formatted(name, original.name()), name);
    }

    private Database execute(String sql, String name) {
        var url = postgres.getJdbcUrl();
        try (var connection = DriverManager.getConnection(url, postgres.getUsername(), postgres.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The database " + name + " could not be made.", e);
        }
        var server = url.substring(0, url.indexOf('/', "jdbc:postgresql://".length()));
        return new Database(server + "/" + name, postgres.getUsername(), postgres.getPassword());
    }
}
