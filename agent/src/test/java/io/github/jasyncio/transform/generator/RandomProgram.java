package io.github.jasyncio.transform.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A class with random async methods, one of which, {@code run}, starts them all.
 *
 * @param className its name
 * @param source its Java source
 */
public record RandomProgram(String className, String source) {

    /** The method to run: of every third program a test. */
    public static final String ENTRY = "run";

    private static final String COROUTINE = "Coroutine<Object> run";
    private static final String TEST = "void run";
    private static final String END = "return Coroutine.of(\"end\");";

    private static final String FIELDS = """
                static int staticINT;
                static long staticLONG;
                static double staticDOUBLE;
                static byte staticBYTE;
                static String staticSTRING;
                static Object staticOBJECT;
                static Node staticNODE;
                static int[] staticINTS;
                int ownINT = 1;
                long ownLONG = 2;
                double ownDOUBLE = 3;
                byte ownBYTE = 4;
                String ownSTRING = "own";
                Object ownOBJECT = "object";
                Node ownNODE = new Node(5, null);
                int[] ownINTS = {6, 7};

                $NAME self() {
                    log("self");
                    return this;
                }

                @Async
                static Coroutine<Object> run() throws Exception {
                    staticINT = 1;
                    staticLONG = 2;
                    staticDOUBLE = 3;
                    staticBYTE = 4;
                    staticSTRING = "static";
                    staticOBJECT = "object";
                    staticNODE = new Node(5, null);
                    staticINTS = new int[] {6, 7};
                    $CALLS
                    return Coroutine.of("end");
                }
            """;

    /**
     * Makes a program.
     *
     * @param seed the same seed gives the same program
     * @param release the Java version whose language it may use
     */
    public static RandomProgram of(long seed, int release) {
        Random random = new Random(seed);
        String name = "Random" + Long.toUnsignedString(seed) + "Target";
        List<Signature> signatures = signatures(random);
        StringBuilder source = new StringBuilder("import static io.github.jasyncio.Asyncio.await;\n")
                .append("import static io.github.jasyncio.transform.generator.World.*;\n")
                .append("import static io.github.jasyncio.transform.harness.Probes.*;\n")
                .append("import io.github.jasyncio.*;\n")
                .append("import io.github.jasyncio.transform.harness.Probes;\n")
                .append("import java.util.List;\nimport java.util.concurrent.CompletableFuture;\n\n")
                .append("class ")
                .append(name)
                .append(" {\n")
                .append(fields(seed).replace("$NAME", name).replace("$CALLS", calls(signatures, name, random)));
        for (Signature signature : signatures) {
            List<Signature> callees = signatures.subList(signature.number() + 1, signatures.size());
            source.append(method(signature, new Expressions(random, callees, name, release), random, release));
        }
        return new RandomProgram(name, source.append("}\n").toString());
    }

    private static String fields(long seed) {
        return seed % 3 == 0
                ? FIELDS.replace(COROUTINE, TEST)
                        .replace(END, "")
                        .replace("static void", "@org.junit.jupiter.api.Test static void")
                : FIELDS;
    }

    private static List<Signature> signatures(Random random) {
        List<Signature> signatures = new ArrayList<>();
        signatures.add(new Signature(0, false, true, List.of(), Kind.any(random)));
        int count = 2 + random.nextInt(5);
        for (int i = 1; i < count; i++) {
            List<Kind> parameters = new ArrayList<>();
            for (int p = random.nextInt(4); p > 0; p--) {
                parameters.add(Kind.any(random));
            }
            signatures.add(
                    new Signature(i, random.nextInt(3) == 0, random.nextBoolean(), parameters, Kind.any(random)));
        }
        return signatures;
    }

    /** Calls every method, whatever the others do. */
    private static String calls(List<Signature> signatures, String className, Random random) {
        Expressions literals = new Expressions(random, List.of(), className, 8);
        StringBuilder calls = new StringBuilder();
        for (Signature signature : signatures) {
            calls.append("try { log(await(")
                    .append(literals.call(signature, Scope.method(Kind.INT, false, true), 0))
                    .append(")); } catch (Exception | AssertionError e) { log(e); }\n        ");
        }
        return calls.toString();
    }

    private static String method(Signature signature, Expressions expressions, Random random, int release) {
        Scope scope = Scope.method(signature.result(), signature.isEager(), signature.isStatic());
        List<String> parameters = new ArrayList<>();
        for (Kind kind : signature.parameters()) {
            String name = "a" + signature.number() + "_" + parameters.size();
            parameters.add(kind.java + " " + name);
            scope.declare(name, kind, false);
        }
        String body = new Statements(random, expressions, release, 10 + random.nextInt(20)).body(scope);
        return "\n    @Async\n    " + (signature.isStatic() ? "static " : "") + signature.type() + " "
                + signature.name() + "(" + String.join(", ", parameters) + ") throws Exception {\n" + body + "    }\n";
    }

    @Override
    public String toString() {
        return className;
    }
}
