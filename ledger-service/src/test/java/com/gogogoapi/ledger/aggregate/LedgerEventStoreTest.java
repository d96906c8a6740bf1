package com.gogogoapi.ledger.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.ledger.log.LedgerDatabase;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.snapshot.PostgresSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Axon's store where it would rather go on than say that the database failed. */
@Tag("integration")
class LedgerEventStoreTest {

    private static final String ACCOUNT = "acct_test";

    /** The database is away while the snapshot is read, and back when the events are. */
    @Test
    void aSnapshotThatCannotBeReadIsAFailureOfTheDatabaseAndNotAnUndecidableRecord() throws IOException {
        var back = LedgerDatabase.empty("store");
        var away = new PGSimpleDataSource();
        away.setServerNames(new String[] {"127.0.0.1"});
        away.setPortNumbers(new int[] {portThatNobodyServes()});

        try (var snapshots = new PostgresSnapshots(away)) {
            var store =
                    LedgerEventStore.over(new LedgerStorageEngine(new PostgresLedgerLog(back), snapshots, () -> {}));

            assertThatThrownBy(() -> store.readEvents(ACCOUNT)).isInstanceOf(LogUnavailableException.class);
        }
    }

    private static int portThatNobodyServes() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
