package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.RpcException;

/** What a token's contract says of an authorisation. */
final class AuthorizationState {

    private AuthorizationState() {}

    /** Whether it was used or taken back, as of the newest block. */
    static boolean isUsed(Node node, Payment payment) throws RpcException {
        var data = Hex.selector("authorizationState(address,bytes32)")
                + payment.payer().word().substring(2)
                + payment.authorization().nonce().substring(2);
        return Hex.firstWord(node.call(payment.contract(), data)).signum() != 0;
    }
}
