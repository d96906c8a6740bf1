package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.PartReport;
import java.io.IOException;
import java.sql.SQLException;

/** One thing that is measured, with everything it is held against. */
interface Part {

    /** As {@code --only} takes it. */
    String name();

    PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException;
}
