package com.gogogoapi.contracts.messaging;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JacksonStdImpl;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.module.blackbird.BlackbirdModule;

/**
 * The JSON of events: camel-case fields in the order in which the records declare them, amounts as decimal strings,
 * instants as ISO 8601 text.
 *
 * <p>Reading tolerates fields that a newer writer added, and nothing else: a number where text belongs, a missing field that
 * is not declared nullable, or an unknown constant is malformed.
 */
public final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // An event is written in less time than a shared pool of buffers takes.
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .build())
            .addModule(new BlackbirdModule())
            .addModule(new SimpleModule()
                    // Of these every event has many; told how, the mapper need not reflect on each.
                    .addSerializer(new TextWriter<>(Instant.class, InstantText::write))
                    .addSerializer(new TextWriter<>(Usd.class, Usd::toString))
                    .addSerializer(new TextWriter<>(UsdPerMillion.class, UsdPerMillion::toString))
                    .addSerializer(new TextWriter<>(AccountId.class, AccountId::value))
                    .addDeserializer(Instant.class, new InstantReader()))
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new RequiredUnlessNullable()))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // An amount is text: a JSON number may have passed through floating point on its way.
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** Marked as standard so that the mapper reads the property that it writes by generated code, not by reflection. */
    @JacksonStdImpl
    private static final class TextWriter<T> extends StdSerializer<T> {

        private final Function<T, String> text;

        TextWriter(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(text.apply(value));
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw context.wrongTokenException(
                        json, Instant.class, JsonToken.VALUE_STRING, "An instant must be text.");
            }
            try {
                return InstantText.read(json.getString());
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(
                        json.getString(), Instant.class, "An instant must be ISO 8601 in UTC.");
            }
        }
    }

    private EventJson() {}

    /** The event's bytes. The same event gives the same bytes in every build of this version. */
    public static byte[] write(Event event) {
        return MAPPER.writeValueAsBytes(event);
    }

    /**
     * The event that these bytes state.
     *
     * @throws tools.jackson.core.JacksonException if they state none of that type
     */
    public static <E extends Event> E read(byte[] json, Class<E> type) {
        var event = MAPPER.readValue(json, type);
        if (event == null) {
            throw new MalformedEventException("An event must not be the JSON value null.");
        }
        return event;
    }

    /** The mapper itself, for JSON that is stored beside events and follows their rules. */
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
