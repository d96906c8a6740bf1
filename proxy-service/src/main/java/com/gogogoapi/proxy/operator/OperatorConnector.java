package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.tomcat.TomcatConfiguration;
import com.gogogoapi.proxy.OperatorProperties;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The port of the operator routes, where they have one of their own. */
@Component
@EnableConfigurationProperties(OperatorProperties.class)
class OperatorConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final @Nullable Connector connector;

    OperatorConnector(
            OperatorProperties properties, @Value("${gogogoapi.receive-timeout:60s}") Duration receiveWithin) {
        connector =
                properties.port() == null ? null : connector(properties.port(), properties.address(), receiveWithin);
    }

    private static Connector connector(int port, @Nullable String address, Duration receiveWithin) {
        var connector = TomcatConfiguration.newConnector(receiveWithin);
        connector.setPort(port);
        if (address != null && !connector.setProperty("address", address)) {
            throw new IllegalArgumentException("gogogoapi.proxy.operator.address must be an address of this machine.");
        }
        return connector;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (connector != null) {
            factory.addAdditionalConnectors(connector);
        }
    }

    boolean isThere() {
        return connector != null;
    }

    /** The port it listens on; before it does so, none. */
    int port() {
        return connector == null ? -1 : connector.getLocalPort();
    }
}
