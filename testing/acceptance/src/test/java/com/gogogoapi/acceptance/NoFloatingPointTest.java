package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No floating point anywhere near money: read from the compiled classes, instruction by instruction. */
class NoFloatingPointTest {

    private static final List<String> MODULES = List.of(
            "contracts",
            "service-chassis",
            "pricing-service",
            "account-service",
            "quote-service",
            "ledger-service",
            "proxy-service",
            "usage-service",
            "funding-service");

    /** What must use it, and why: measurements and cache tuning, whose libraries count in double. */
    private static final Set<String> EXCUSED = Set.of(
            // Counters of Micrometer take a double increment: a number of events, shown to operators, never money.
            "com/gogogoapi/ledger/intake/IntakeMetrics",
            // Gauges of seconds: since when nothing could be signed, how long the oldest in the outbox waits.
            "com/gogogoapi/ledger/checkpoint/SigningState",
            "com/gogogoapi/proxy/outbox/OutboxPublisher",
            "com/gogogoapi/proxy/outbox/OutboxRows",
            // After how many missed polls a listener's container says that it is idle.
            "com/gogogoapi/quote/pricebook/PriceFollowerConfiguration",
            "com/gogogoapi/proxy/keys/KeyFollowerConfiguration",
            // The load factor of a hash map, and the failure rate threshold of a circuit breaker.
            "com/gogogoapi/ledger/aggregate/AccountCache",
            "com/gogogoapi/ledger/aggregate/AccountCache$1",
            "com/gogogoapi/proxy/upstream/UpstreamGuards");

    @Test
    void isInTheCompiledClasses() throws IOException {
        var root = Path.of("").toAbsolutePath().getParent().getParent();
        var found = new ArrayList<String>();
        var classes = 0;
        for (var module : MODULES) {
            try (var files = Files.walk(root.resolve(module).resolve("target/classes"))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    classes++;
                    found.addAll(floatingPointIn(ClassFile.of().parse(file)));
                }
            }
        }
        assertThat(classes).isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    @Test
    void wouldBeFound() throws IOException {
        try (var itself = getClass().getResourceAsStream("NoFloatingPointTest$Sinner.class")) {
            assertThat(floatingPointIn(ClassFile.of().parse(itself.readAllBytes())))
                    .hasSizeGreaterThan(2);
        }
    }

    /** What the test looks for. */
    @SuppressWarnings("unused")
    private static final class Sinner {
        double price = 0.1;

        long cost(long tokens) {
            return Math.round(tokens * price);
        }
    }

    private static List<String> floatingPointIn(ClassModel type) {
        var name = type.thisClass().asInternalName();
        var found = new ArrayList<String>();
        if (EXCUSED.contains(name)) {
            return found;
        }
        for (var field : type.fields()) {
            if (isFloating(field.fieldType().stringValue())) {
                found.add(name + "." + field.fieldName().stringValue());
            }
        }
        for (var method : type.methods()) {
            if (isFloating(method.methodType().stringValue()) || uses(method)) {
                found.add(name + "." + method.methodName().stringValue());
            }
        }
        return found;
    }

    private static boolean uses(MethodModel method) {
        return method.code()
                .map(code -> code.elementStream()
                        .anyMatch(element -> element instanceof Instruction instruction && uses(instruction)))
                .orElse(false);
    }

    private static boolean uses(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> isFloating(load.typeKind());
            case StoreInstruction store -> isFloating(store.typeKind());
            case OperatorInstruction operator -> isFloating(operator.typeKind());
            case ConvertInstruction convert -> isFloating(convert.fromType()) || isFloating(convert.toType());
            case ConstantInstruction constant -> isFloating(constant.typeKind());
            case FieldInstruction field -> isFloating(field.type().stringValue());
            case InvokeInstruction invoke -> isFloating(invoke.type().stringValue());
            default -> false;
        };
    }

    private static boolean isFloating(TypeKind kind) {
        return kind == TypeKind.DOUBLE || kind == TypeKind.FLOAT;
    }

    /** Of a descriptor: the primitive or its wrapper, as a parameter, a field or a result. */
    private static boolean isFloating(String descriptor) {
        var primitives = descriptor.replaceAll("L[^;]+;", "");
        return primitives.contains("D")
                || primitives.contains("F")
                || descriptor.contains("Ljava/lang/Double;")
                || descriptor.contains("Ljava/lang/Float;");
    }
}
