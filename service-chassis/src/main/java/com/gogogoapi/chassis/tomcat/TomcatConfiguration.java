package com.gogogoapi.chassis.tomcat;

import com.gogogoapi.chassis.settings.SettingException;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The web server of a service. */
@Configuration(proxyBeanMethods = false)
public class TomcatConfiguration {

    private static final int CONNECTION_TIMEOUT_MILLIS = 20_000;
    private static final int KEEP_ALIVE_TIMEOUT_MILLIS = 60_000;

    /** A connector beside the server's own, with the same limits to how a request arrives. */
    public static Connector newConnector(Duration receiveWithin) {
        var connector = new Connector(ReceivingProtocol.class.getName());
        if (connector.getProtocolHandler() instanceof ReceivingProtocol protocol) {
            protocol.receiveWithin(receiveWithin);
            protocol.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
            protocol.setKeepAliveTimeout(KEEP_ALIVE_TIMEOUT_MILLIS);
        }
        return connector;
    }

    /** @param atMost how long a request may take to arrive, from the first byte of its head to the last of its body */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> receiving(
            @Value("${gogogoapi.receive-timeout:60s}") Duration atMost) {
        if (!atMost.isPositive()) {
            throw new SettingException("gogogoapi.receive-timeout must be above zero.");
        }
        return server -> {
            server.setProtocol(ReceivingProtocol.class.getName());
            server.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof ReceivingProtocol protocol) {
                    protocol.receiveWithin(atMost);
                }
            });
            server.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ErrorReport.class.getName());
                }
            });
        };
    }
}
