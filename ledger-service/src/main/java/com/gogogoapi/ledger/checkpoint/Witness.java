package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A place outside the database that has the checkpoints too, and so knows what was signed whatever became of the database. */
interface Witness extends AutoCloseable {

    /** What it is, for a message. */
    String name();

    /**
     * What came to be there since this was last asked, some at a time until there is no more; at first the last of what is
     * there.
     */
    List<SignedText> news() throws IOException;

    /** The checkpoint of that number, if it is there. Cheap when asked for one number after the other. */
    Optional<SignedText> numbered(long number) throws IOException;

    /** Says that everything up to a number is known to be there. */
    void adopted(long number);

    @Override
    void close();
}
