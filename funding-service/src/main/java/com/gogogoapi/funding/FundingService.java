package com.gogogoapi.funding;

import com.gogogoapi.chassis.ServiceChassis;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Deposits of stablecoins, as a service. */
@SpringBootApplication
@Import(ServiceChassis.class)
public class FundingService {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The service, ready to be run with properties of the caller's own. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(FundingService.class).properties("spring.config.name=funding-service");
    }
}
