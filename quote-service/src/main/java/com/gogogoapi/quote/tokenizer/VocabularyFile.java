package com.gogogoapi.quote.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code tokenizer.json} of Hugging Face's format, as far as counting needs it.
 *
 * <p>In it bytes are written as characters: printable ones of Latin-1 stand for themselves, the others for U+0100 and
 * following in order (the byte-level alphabet of GPT-2).
 */
final class VocabularyFile {

    private VocabularyFile() {}

    static BytePairs read(InputStream json) throws IOException {
        var model = JsonMapper.shared().readTree(json).path("model");
        var ids = ids(model.path("vocab"));
        var merges = model.path("merges");
        var table = new MergeTable(merges.size());
        for (var rank = 0; rank < merges.size(); rank++) {
            var merge = merges.get(rank).asString();
            var space = merge.indexOf(' ');
            var left = merge.substring(0, space);
            var right = merge.substring(space + 1);
            table.put(idOf(ids, left), idOf(ids, right), rank, idOf(ids, left + right));
        }
        return new BytePairs(byteTokens(ids), table);
    }

    private static Map<String, Integer> ids(JsonNode vocabulary) {
        var ids = HashMap.<String, Integer>newHashMap(vocabulary.size());
        for (var entry : vocabulary.properties()) {
            ids.put(entry.getKey(), entry.getValue().asInt());
        }
        return ids;
    }

    private static int idOf(Map<String, Integer> ids, String token) {
        var id = ids.get(token);
        if (id == null) {
            throw new IllegalStateException(
                    "Every token that a merge of the vocabulary names must be in it; one is not.");
        }
        return id;
    }

    private static int[] byteTokens(Map<String, Integer> ids) {
        var tokens = new int[256];
        var stranger = 0x100;
        for (var value = 0; value < 256; value++) {
            var printable = (value >= '!' && value <= '~')
                    || (value >= 0xA1 && value <= 0xAC)
                    || (value >= 0xAE && value <= 0xFF);
            var letter = printable ? value : stranger++;
            tokens[value] = idOf(ids, Character.toString(letter));
        }
        return tokens;
    }
}
