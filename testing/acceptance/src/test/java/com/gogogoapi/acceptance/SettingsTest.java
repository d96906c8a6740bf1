package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.account.AccountService;
import com.gogogoapi.chassis.ServiceChassis;
import com.gogogoapi.funding.FundingService;
import com.gogogoapi.ledger.LedgerService;
import com.gogogoapi.pricing.PricingService;
import com.gogogoapi.proxy.ProxyService;
import com.gogogoapi.quote.QuoteService;
import com.gogogoapi.usage.UsageService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** A service that is not told what it must be told says so in one line. */
class SettingsTest {

    private static final Map<String, Supplier<SpringApplicationBuilder>> SERVICES = new LinkedHashMap<>();

    static {
        SERVICES.put("pricing-service", PricingService::application);
        SERVICES.put("account-service", AccountService::application);
        SERVICES.put("quote-service", QuoteService::application);
        SERVICES.put("ledger-service", LedgerService::application);
        SERVICES.put("usage-service", UsageService::application);
        SERVICES.put("funding-service", FundingService::application);
        SERVICES.put("proxy-service", ProxyService::application);
    }

    private static final List<Class<?>> MAIN_CLASSES = List.of(
            PricingService.class, AccountService.class, QuoteService.class, LedgerService.class, ProxyService.class);

    private static PropertySource<?> fileOf(String service) {
        try {
            return new YamlPropertySourceLoader()
                    .load(service, new ClassPathResource(service + ".yml"))
                    .getFirst();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> required(String service) {
        var file = fileOf(service);
        var names = new ArrayList<String>();
        for (var i = 0; file.containsProperty("gogogoapi.required-settings[" + i + "]"); i++) {
            names.add(String.valueOf(file.getProperty("gogogoapi.required-settings[" + i + "]")));
        }
        return names;
    }

    static Stream<Arguments> requiredOfAll() {
        return SERVICES.keySet().stream().flatMap(service -> required(service).stream()
                .map(setting -> Arguments.of(service, Named.of(service + " without " + setting, setting))));
    }

    /** What a start without them prints. */
    private static String starting(String service, List<String> settings) {
        var before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            assertThatThrownBy(() -> SERVICES.get(service).get().run(settings.toArray(String[]::new)))
                    .isInstanceOf(RuntimeException.class);
        } finally {
            System.setErr(before);
        }
        return printed.toString(UTF_8);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("requiredOfAll")
    void theOneThatIsMissingIsNamedInOneLine(String service, String setting) {
        for (var value : new String[] {null, "", " "}) {
            var settings = new ArrayList<String>();
            for (var other : required(service)) {
                if (!other.equals(setting)) {
                    settings.add("--" + other + "=nowhere");
                } else if (value != null) {
                    settings.add("--" + other + "=" + value);
                }
            }
            assertThat(starting(service, settings))
                    .isEqualTo("The service did not start: The setting " + setting + " must be given."
                            + System.lineSeparator());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void allThatAreMissingAreNamedAtOnce(String service) {
        assertThat(starting(service, List.of()))
                .isEqualTo("The service did not start: The settings " + String.join(", ", required(service))
                        + " must be given." + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gogogoapi.internal-secret    | gogogoapi.internal-secret must have at least 32 bytes.
        gogogoapi.receive-timeout    | gogogoapi.receive-timeout must be above zero.
        """)
    void whatIsNotAsItMustBeIsNamedInOneLine(String setting, String message) {
        var settings = new ArrayList<String>();
        for (var name : required("quote-service")) {
            settings.add("--" + name + "=" + (name.equals(setting) ? "short" : "long enough ".repeat(4)));
        }
        settings.addAll(
                List.of("--server.port=0", "--gogogoapi.receive-timeout=" + (setting.endsWith("timeout") ? 0 : 60)));
        assertThat(starting("quote-service", settings))
                .isEqualTo("The service did not start: " + message + System.lineSeparator());
    }

    /** As somebody starts it who has read nothing. */
    @Test
    void aProcessWithoutSettingsPrintsThatLineAndNothingElse() throws Exception {
        for (var main : MAIN_CLASSES) {
            var builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    // The standalone's log, which stands on this class path.
                    "-Dgogogoapi.log.folder=target",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName());
            builder.environment().keySet().removeIf(name -> name.startsWith("GOGOGOAPI") || name.startsWith("SPRING"));
            var process = builder.redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isEqualTo(1);
            assertThat(output.lines())
                    .as(main.getName())
                    .singleElement()
                    .asString()
                    .contains("gogogoapi.internal-secret");
        }
    }

    static Stream<String> services() {
        return SERVICES.keySet().stream();
    }

    /** What has neither a default in the code nor a value in the service's file must be said by whoever starts it. */
    @Test
    void everySettingWithoutADefaultIsAmongThem() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var given = new TreeSet<String>();
        for (var service : SERVICES.keySet()) {
            given.addAll(required(service));
            given.addAll(List.of(
                    ((org.springframework.core.env.EnumerablePropertySource<?>) fileOf(service)).getPropertyNames()));
        }
        var missing = new TreeSet<String>();
        var seen = 0;
        for (var found : scanner.findCandidateComponents("com.gogogoapi")) {
            var type = Class.forName(found.getBeanClassName());
            if (type.isRecord()) {
                seen++;
                addWithoutDefault(
                        type, type.getAnnotation(ConfigurationProperties.class).value(), missing);
            }
        }
        assertThat(seen).isGreaterThan(4);
        assertThat(missing).contains("gogogoapi.internal-secret", "gogogoapi.proxy.upstream.api-key");
        missing.removeAll(given);
        assertThat(missing).isEmpty();
    }

    private static void addWithoutDefault(Class<?> type, String prefix, TreeSet<String> missing) {
        var components = type.getRecordComponents();
        for (var i = 0; i < components.length; i++) {
            var component = components[i];
            var name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            if (hasDefault(type, component, i)) {
                // Also of several that are given together, or not at all.
                continue;
            }
            if (component.getType().isRecord() && component.getType().getName().startsWith("com.gogogoapi")) {
                addWithoutDefault(component.getType(), name, missing);
            } else {
                missing.add(name);
            }
        }
    }

    private static boolean hasDefault(Class<?> type, RecordComponent component, int index) {
        var isNullable = component.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class);
        var parameters = type.getDeclaredConstructors()[0].getParameters();
        return isNullable || parameters[index].isAnnotationPresent(DefaultValue.class);
    }

    @Test
    void everyServiceStandsOnTheChassis() {
        for (var main : MAIN_CLASSES) {
            assertThat(main.getAnnotation(Import.class).value()).contains(ServiceChassis.class);
        }
    }
}
