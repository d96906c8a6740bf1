package com.gogogoapi.usage.live;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.requests.RequestMembers;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What of an account's events its reader may see: all of them, or, with a developer's role, what became of requests of his own. Whose
 * a request is its hold says; of one that was held before the stream began, the read model.
 */
final class OwnRequests {

    private static final Logger log = LoggerFactory.getLogger(OwnRequests.class);

    /** More than an account may have open at once; of older ones the read model knows. */
    private static final int REMEMBERED = 10_000;

    enum Sight {
        SHOWN,
        HIDDEN,
        /** Whose it is is not known yet. */
        UNKNOWN
    }

    private final Asker asker;
    private final Function<UUID, Optional<String>> memberOf;
    private final LinkedHashMap<UUID, Sight> held = new LinkedHashMap<>();

    /** @param memberOf as {@link RequestMembers} says */
    OwnRequests(Asker asker, Function<UUID, Optional<String>> memberOf) {
        this.asker = asker;
        this.memberOf = memberOf;
    }

    Sight sightOf(LedgerEvent event) {
        var member = asker.onlyMember();
        if (member == null) {
            return Sight.SHOWN;
        }
        return switch (event) {
            case CreditReserved hold -> held(hold, member);
            case CreditSettled charge -> ended(held.remove(charge.requestId()), charge.requestId(), member);
            // It may be charged yet, by an answer that came too late.
            case CreditReleased release -> ended(held.get(release.requestId()), release.requestId(), member);
            default -> Sight.HIDDEN;
        };
    }

    private Sight held(CreditReserved hold, UUID member) {
        var by = hold.requestedBy();
        var sight = by != null && member.equals(by.memberId()) ? Sight.SHOWN : Sight.HIDDEN;
        held.put(hold.requestId(), sight);
        if (held.size() > REMEMBERED) {
            held.pollFirstEntry();
        }
        return sight;
    }

    private Sight ended(@Nullable Sight known, UUID requestId, UUID member) {
        if (known != null) {
            return known;
        }
        try {
            return memberOf.apply(requestId)
                    .map(of -> of.equals(member.toString()) ? Sight.SHOWN : Sight.HIDDEN)
                    .orElse(Sight.UNKNOWN);
        } catch (DataAccessException e) {
            log.warn("whose a request is cannot be read; whoever follows is told to ask anew", e);
            return Sight.UNKNOWN;
        }
    }
}
