package com.gogogoapi.funding.treasury;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lies at our addresses of a token, after a final block, in tokens.
 *
 * @param received what reached them; of it {@code credited}, still {@code waiting}, {@code rejected}
 * @param elsewhere what left them and not for the treasury
 * @param expected what is to lie there: received less swept less elsewhere
 * @param held what the contract says; null where no node could tell, for {@code problem}
 * @param difference held less expected
 */
public record ReconciledToken(
        String token,
        long height,
        @JsonProperty("block_hash") String blockHash,
        String received,
        String credited,
        String waiting,
        String rejected,
        String swept,
        String elsewhere,
        String expected,
        @Nullable String held,
        @Nullable String difference,
        @Nullable String problem,
        @JsonProperty("checked_at") Instant checkedAt) {

    @JsonIgnore
    public boolean differs() {
        return difference != null && new BigDecimal(difference).signum() != 0;
    }
}
