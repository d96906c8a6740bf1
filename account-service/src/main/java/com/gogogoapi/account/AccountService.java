package com.gogogoapi.account;

import com.gogogoapi.chassis.ServiceChassis;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Accounts and keys as a service. */
@SpringBootApplication
@Import(ServiceChassis.class)
public class AccountService {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The service, ready to be run with properties of the caller's own. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(AccountService.class).properties("spring.config.name=account-service");
    }
}
