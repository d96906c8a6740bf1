package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.List;

/** Gets authorisations into blocks. What it says of that is never believed: whether one is there the chain says. */
interface Settler {

    /**
     * Whether it would, before a payment is taken.
     *
     * @throws PaymentRefusedException if it would not, whoever pays
     * @throws UnavailableException if it cannot just now
     */
    void requireReady(Chain chain, Token token, PaymentPayload payload, Payment payment)
            throws PaymentRefusedException, UnavailableException;

    /**
     * Has it settled, or goes on with it; the same again does no harm, since an authorisation is used once.
     *
     * @throws RpcException if it cannot now
     * @throws PaymentRefusedException if it will not any more
     */
    void settle(Chain chain, Payment payment) throws RpcException, PaymentRefusedException, UnavailableException;

    /** In which transactions it may be, the newest first. */
    List<String> transactionsOf(Payment payment);

    /** Sees to what else it has sent; now and then. */
    void tidy();
}
