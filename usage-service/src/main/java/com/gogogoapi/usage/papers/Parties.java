package com.gogogoapi.usage.papers;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Who a document is from and for. */
@Component
@EnableConfigurationProperties(PaperProperties.class)
public class Parties {

    private final PaperProperties.Seller seller;

    Parties(PaperProperties properties) {
        this.seller = properties.seller();
    }

    /** What the account is called, as the service that asks has said. */
    public static String accountName(HttpServletRequest request) {
        var name = request.getHeader(ServiceHeaders.ACCOUNT_NAME);
        if (name == null) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.ACCOUNT_NAME + ".");
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(
                            null, "The header " + ServiceHeaders.ACCOUNT_NAME + " must be percent-encoded.")
                    .becauseOf(e);
        }
    }

    /** For the head of a document. */
    public Paper.Parties of(AccountId account, String accountName) {
        var from = new ArrayList<String>();
        from.add("From: " + seller.name());
        from.addAll(seller.address());
        if (seller.taxId() != null) {
            from.add("Tax id: " + seller.taxId());
        }
        return new Paper.Parties(from, List.of("For: " + accountName, "Account " + account));
    }

    /** The seller, in an answer. */
    public Map<String, @Nullable Object> seller() {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("name", seller.name());
        view.put("address", seller.address());
        view.put("tax_id", seller.taxId());
        return view;
    }

    /** The account, in an answer. */
    public static Map<String, Object> account(AccountId account, String accountName) {
        return Map.of("account_id", account.value(), "name", accountName);
    }
}
