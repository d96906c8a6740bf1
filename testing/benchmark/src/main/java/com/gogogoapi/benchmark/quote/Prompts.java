package com.gogogoapi.benchmark.quote;

import com.gogogoapi.quote.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chat requests of about so many prompt tokens: English words mostly, some that no cache knows, numbers, code and Chinese.
 * The same seed, the same prompts.
 */
final class Prompts {

    private static final long SEED = 20_261_124;

    private static final String[] WORDS = """
            the of and to in is that for it as was with be by on not he his but at are this have from or had an they which
            one you were all her she there would their we him been has when who will no more if out so what up said about
            than into them can only other time new some could these two may first then do any like my now over such our man
            me even most made after also did many before must through years where much your way well down should because
            each just those people how too little state good very make world still see own work long here get both between
            life being under three never know same last another while us off might great go come since against right came
            take used himself few house use during without again place american around however home small found thought
            went say part once general high upon school every""".split("\\s+");

    private static final String[] CODE = {
        "for (var i = 0; i < n; i++) {\n    sum += values[i];\n}\n",
        "return Optional.empty();\n",
        "if (x == null) { continue; }\n",
    };

    private final Random random = new Random(SEED);

    /** So many different requests. */
    List<byte[]> requests(String model, int tokens, int count) {
        var requests = new ArrayList<byte[]>(count);
        for (var i = 0; i < count; i++) {
            requests.add(JsonMapper.shared()
                    .writeValueAsBytes(Map.of(
                            "model",
                            model,
                            "messages",
                            List.of(Map.of("role", "user", "content", text(tokens))),
                            "expectedCompletionTokens",
                            256)));
        }
        return requests;
    }

    String text(int tokens) {
        var text = new StringBuilder();
        var counted = 0L;
        while (counted < tokens) {
            var piece = new StringBuilder();
            while (piece.length() < Math.min(4_000, 2 * (tokens - counted) + 1)) {
                piece(piece);
            }
            counted += Tokenizer.deepSeek().count(piece.toString());
            text.append(piece);
        }
        return text.toString();
    }

    private void piece(StringBuilder text) {
        switch (random.nextInt(20)) {
            case 0 -> text.append(' ').append(random.nextInt(1_000_000));
            case 1 -> {
                text.append(' ');
                for (var length = random.nextInt(4, 11); length > 0; length--) {
                    text.append((char) ('a' + random.nextInt(26)));
                }
            }
            case 2 -> {
                for (var length = random.nextInt(1, 8); length > 0; length--) {
                    text.append((char) (0x4e00 + random.nextInt(3_000)));
                }
            }
            case 3 -> text.append(".\n\n");
            case 4 -> text.append(random.nextInt(4) == 0 ? CODE[random.nextInt(CODE.length)] : ",");
            default -> text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
    }
}
