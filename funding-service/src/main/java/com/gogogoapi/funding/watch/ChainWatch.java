package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.addresses.AddressBook;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.deposits.Deposits;
import com.gogogoapi.funding.rpc.Anchor;
import com.gogogoapi.funding.rpc.ChainNodes;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.rpc.Survey;
import com.gogogoapi.funding.treasury.Departures;
import com.gogogoapi.funding.watch.AgreedLogs.DisagreementException;
import com.gogogoapi.funding.watch.ChainRows.NotOwnerException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * One look at one chain after another, for as long as this instance owns it: what do the nodes say, what is final by now, what is new. What
 * stops it stands in its row and is tried again at the next look; nothing is passed over. Of one thread.
 */
final class ChainWatch {

    private static final Logger log = LoggerFactory.getLogger(ChainWatch.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Chain chain;
    private final ChainRows rows;
    private final ChainNodes nodes;
    private final AddressBook addresses;
    private final FinalPass finalPass;
    private final TipPass tipPass;
    private final NativePass nativePass;
    private @Nullable String told;

    ChainWatch(
            Chain chain,
            ChainRows rows,
            ChainNodes nodes,
            DepositAddresses addresses,
            Deposits deposits,
            Departures departures) {
        this.chain = chain;
        this.rows = rows;
        this.nodes = nodes;
        this.addresses = new AddressBook(addresses, chain.family());
        var logs = new AgreedLogs(chain, nodes);
        this.finalPass = new FinalPass(chain, rows, deposits, departures, logs, this.addresses);
        this.tipPass = new TipPass(chain, rows, deposits, logs, this.addresses);
        this.nativePass = new NativePass(chain, rows, deposits, this.addresses);
    }

    Chain chain() {
        return chain;
    }

    /** One look. */
    void look() {
        rows.own(chain.id()).ifPresent(row -> {
            var survey = nodes.survey(row.finalBlock());
            // After the nodes were asked: whoever paid by then had his address before.
            addresses.refresh();
            var problem = goOn(row, survey);
            tell(problem);
            rows.looked(chain.id(), row.term(), survey, JSON.writeValueAsString(nodes.standings()), problem);
        });
    }

    /** Once, and not at every look. */
    private void tell(@Nullable String problem) {
        if (problem != null && !problem.equals(told)) {
            log.warn("{} does not go on: {}", chain.id(), problem);
        } else if (problem == null && told != null) {
            log.info("{} goes on", chain.id());
        }
        told = problem;
    }

    /** A part of a look. */
    private interface Step {
        void take() throws RpcException, DisagreementException;
    }

    /** Returns why it does not go on; null where it does. What is new is shown though nothing becomes final, and the other way round. */
    private @Nullable String goOn(ChainRow row, Survey survey) {
        var problems = new ArrayList<@Nullable String>();
        problems.add(survey.problem());
        var reached = new AtomicReference<@Nullable Anchor>(row.finalBlock());
        var target = survey.finalBlock();
        if (target != null) {
            problems.add(problemOf(survey.agreeing().stream().findFirst().orElse(null), () -> {
                var from = row.finalBlock() == null ? begin(row, survey, target) : row.finalBlock();
                reached.set(finalPass.goOn(row.term(), from, survey, target));
            }));
        }
        var node = survey.preferred();
        var head = survey.head();
        var finalBlock = reached.get();
        if (finalBlock != null && node != null && head != null) {
            problems.add(problemOf(node, () -> tipPass.follow(row.term(), finalBlock, node, head)));
            var nativeHeight = row.nativeHeight();
            if (chain.nativeCoin() && nativeHeight != null && nativeHeight < finalBlock.height()) {
                problems.add(
                        problemOf(node, () -> nativePass.goOn(row.term(), node, nativeHeight, finalBlock.height())));
            }
        }
        return problems.stream().filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** @param asked the node that it asks, which is set aside for a while if it fails, so that another is asked next */
    private @Nullable String problemOf(@Nullable Node asked, Step step) {
        try {
            step.take();
            return null;
        } catch (RpcException e) {
            if (asked != null) {
                nodes.failed(asked, e);
            }
            return "a node failed: " + e.getMessage();
        } catch (DisagreementException e) {
            return e.getMessage();
        } catch (NotOwnerException e) {
            log.info("{}", e.getMessage());
            return null;
        }
    }

    /** The first look at a chain: from the block that the settings name, or from what is final now. */
    private Anchor begin(ChainRow row, Survey survey, Anchor target) throws RpcException, DisagreementException {
        var first = chain.firstBlock();
        var start = target;
        if (first != null && first <= target.height()) {
            var node = survey.agreeing().getFirst();
            start = node.block(first - 1)
                    .map(Anchor::of)
                    .orElseThrow(() -> new DisagreementException(node + " has not got block " + (first - 1)));
        }
        var anchor = start;
        rows.asOwner(chain.id(), row.term(), () -> rows.finalUpTo(chain.id(), anchor));
        log.info("{} is watched from block {} on", chain.id(), anchor.height() + 1);
        return anchor;
    }
}
