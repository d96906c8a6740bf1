package com.gogogoapi.proxy.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.errors.ApiErrorAdvice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A refusal is passed on as it is, unless somebody here says something else of it; whichever advice Spring asks first. */
class ServiceRefusalAdviceTest {

    private static final ServiceRefusal REFUSAL =
            new ServiceRefusal(404, "{\"error\":{\"message\":\"not here\"}}".getBytes(UTF_8), Map.of());

    @RestController
    static class Routes {

        @GetMapping("/passed-on")
        String passedOn() {
            throw REFUSAL;
        }

        @GetMapping("/put-otherwise")
        String putOtherwise() {
            throw ApiError.invalidRequest("to", "to must be an account.").becauseOf(REFUSAL);
        }
    }

    private static MockMvc with(Object... advices) {
        return MockMvcBuilders.standaloneSetup(new Routes())
                .setControllerAdvice(advices)
                .build();
    }

    @Test
    void whatIsSaidOfARefusalIsSaidInsteadOfIt() throws Exception {
        var general = new ApiErrorAdvice();
        var refusals = new ServiceRefusalAdvice(general);
        for (var routes : new MockMvc[] {with(refusals, general), with(general, refusals)}) {
            routes.perform(get("/put-otherwise")).andExpect(status().isBadRequest());
        }
        with(refusals, general)
                .perform(get("/passed-on"))
                .andExpect(status().isNotFound())
                .andExpect(content().json("{\"error\":{\"message\":\"not here\"}}"));
    }
}
