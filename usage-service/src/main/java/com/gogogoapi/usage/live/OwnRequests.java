package com.gogogoapi.usage.live;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.requests.RequestMembers;
import java.util.LinkedHashSet;
import java.util.UUID;
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
    private final RequestMembers members;
    private final LinkedHashSet<UUID> own = new LinkedHashSet<>();

    OwnRequests(Asker asker, RequestMembers members) {
        this.asker = asker;
        this.members = members;
    }

    Sight sightOf(LedgerEvent event) {
        var member = asker.onlyMember();
        if (member == null) {
            return Sight.SHOWN;
        }
        return switch (event) {
            case CreditReserved hold -> held(hold, member);
            case CreditSettled charge -> ended(charge.requestId(), member);
            case CreditReleased release -> ended(release.requestId(), member);
            default -> Sight.HIDDEN;
        };
    }

    private Sight held(CreditReserved hold, UUID member) {
        var by = hold.requestedBy();
        if (by == null || !member.equals(by.memberId())) {
            return Sight.HIDDEN;
        }
        own.add(hold.requestId());
        if (own.size() > REMEMBERED) {
            own.removeFirst();
        }
        return Sight.SHOWN;
    }

    private Sight ended(UUID requestId, UUID member) {
        if (own.remove(requestId)) {
            return Sight.SHOWN;
        }
        try {
            return members.of(asker.account(), requestId)
                    .map(of -> of.equals(member.toString()) ? Sight.SHOWN : Sight.HIDDEN)
                    .orElse(Sight.UNKNOWN);
        } catch (DataAccessException e) {
            log.warn("whose a request is cannot be read; whoever follows is told to ask anew", e);
            return Sight.UNKNOWN;
        }
    }
}
