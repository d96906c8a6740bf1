package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole verification of a log that is as it should be, from every source. */
class VerifyTest {

    private static MadeLog made;

    @BeforeAll
    static void make() throws Exception {
        made = new MadeLog().live(12, 600);
    }

    @AfterAll
    static void stop() {
        made.close();
    }

    @Test
    void agreesOnALogThatIsRight() {
        var audited = Audited.run("verify", "--jdbc", made.jdbcUrl(), "--kafka", made.kafka());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(audited.lastLine()).startsWith("OK: ").contains("12 accounts");
    }

    @Test
    void comesToTheSameStatesFromAnExport() throws Exception {
        var folder = MadeLog.temporaryFolder();
        var exported = Audited.run("export", "--jdbc", made.jdbcUrl(), "--out", folder.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        var fromExport = Audited.run("verify", "--export", folder.toString(), "--kafka", made.kafka());
        var fromDatabase = Audited.run("verify", "--jdbc", made.jdbcUrl());
        assertThat(fromExport.exit()).as(fromExport.out() + fromExport.err()).isZero();
        assertThat(states(fromExport)).isEqualTo(states(fromDatabase)).hasSize(16);
    }

    private static String states(Audited audited) {
        return audited.lastLine().replaceAll(".*states ([0-9a-f]+).*", "$1");
    }
}
