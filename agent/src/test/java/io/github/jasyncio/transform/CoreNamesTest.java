package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.Execution;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Type;

/** The transformer knows core by name only; here each name is held against the real thing. */
class CoreNamesTest {

    static Stream<Arguments> methods() {
        String present = "present";
        return Stream.of(
                Arguments.of(CoreNames.ASYNCIO, CoreNames.AWAIT, CoreNames.AWAIT_AWAITABLE_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNCIO, CoreNames.AWAIT, CoreNames.AWAIT_STAGE_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNCIO, CoreNames.EMIT, CoreNames.EMIT_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNC_GENERATOR, CoreNames.GENERATOR_OF, CoreNames.GENERATOR_OF_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNC_GENERATOR, CoreNames.GENERATOR_DONE, CoreNames.GENERATOR_DONE_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNC_GENERATOR, CoreNames.GENERATOR_END, CoreNames.GENERATOR_END_DESCRIPTOR),
                Arguments.of(CoreNames.COROUTINE, CoreNames.COROUTINE_OF, CoreNames.COROUTINE_OF_DESCRIPTOR),
                Arguments.of(CoreNames.COROUTINE, CoreNames.COROUTINE_DONE, CoreNames.COROUTINE_DONE_DESCRIPTOR),
                Arguments.of(CoreNames.ASYNC_CLOSEABLE, CoreNames.CLOSE_ASYNC, CoreNames.CLOSE_ASYNC_DESCRIPTOR),
                Arguments.of(CoreNames.AWAITABLE, CoreNames.START, CoreNames.RUN_DESCRIPTOR),
                Arguments.of(CoreNames.FUTURE, CoreNames.START, CoreNames.RUN_DESCRIPTOR),
                Arguments.of(CoreNames.FRAME, CoreNames.START_IN_PLACE, CoreNames.RUN_DESCRIPTOR),
                Arguments.of(CoreNames.FRAME, CoreNames.RESUME, CoreNames.RUN_DESCRIPTOR),
                Arguments.of(CoreNames.FRAME, CoreNames.BEGIN, "()V"),
                Arguments.of(CoreNames.FRAME, CoreNames.ENTER, "()I"),
                Arguments.of(CoreNames.FRAME, CoreNames.LOCATION, "()Ljava/lang/StackTraceElement;"),
                Arguments.of(CoreNames.EXECUTION, CoreNames.REQUIRE_PROTOCOL, CoreNames.REQUIRE_PROTOCOL_DESCRIPTOR),
                Arguments.of(CoreNames.EXECUTION, CoreNames.RESULT, CoreNames.RESULT_DESCRIPTOR),
                Arguments.of(CoreNames.EXECUTION, CoreNames.AWAIT, CoreNames.AWAITED_DESCRIPTOR),
                Arguments.of(CoreNames.EXECUTION, CoreNames.SUSPEND, CoreNames.SUSPEND_DESCRIPTOR),
                Arguments.of(CoreNames.EXECUTION, CoreNames.STARTED_IN, CoreNames.STARTED_IN_DESCRIPTOR),
                Arguments.of(
                        CoreNames.EXECUTION, present, "(L" + CoreNames.COROUTINE + ";)L" + CoreNames.COROUTINE + ";"),
                Arguments.of(CoreNames.EXECUTION, present, "(L" + CoreNames.FUTURE + ";)L" + CoreNames.FUTURE + ";"),
                Arguments.of(
                        CoreNames.EXECUTION, present, "(L" + CoreNames.AWAITABLE + ";)L" + CoreNames.AWAITABLE + ";"),
                Arguments.of(CoreNames.EXECUTION, present, "(L" + CoreNames.STAGE + ";)L" + CoreNames.STAGE + ";"),
                Arguments.of(CoreNames.STAGES, CoreNames.START, CoreNames.STAGES_START_DESCRIPTOR),
                Arguments.of(CoreNames.EAGER_CALL, CoreNames.EAGER_ANSWERED, CoreNames.EAGER_ANSWERED_DESCRIPTOR),
                Arguments.of(CoreNames.EAGER_CALL, CoreNames.EAGER_FAILED, CoreNames.EAGER_FAILED_DESCRIPTOR),
                Arguments.of(CoreNames.ENTRY_POINT, CoreNames.ENTRY_RUN, CoreNames.ENTRY_DESCRIPTOR),
                Arguments.of(CoreNames.ENTRY_POINT, CoreNames.ENTRY_RUN_TEST, CoreNames.ENTRY_DESCRIPTOR),
                Arguments.of(
                        CoreNames.COMPLETABLE_FUTURE,
                        CoreNames.COMPLETED_FUTURE,
                        CoreNames.COMPLETED_FUTURE_DESCRIPTOR));
    }

    @ParameterizedTest(name = "{0}.{1}{2}")
    @MethodSource("methods")
    void a_method_that_rewritten_code_calls_is_there(String owner, String name, String descriptor) throws Exception {
        Class<?> type = load(owner);

        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(m ->
                        m.getName().equals(name) && Type.getMethodDescriptor(m).equals(descriptor))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " declares no " + name + descriptor));

        assertThat(method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED))
                .isNotZero();
    }

    @Test
    void the_annotations_the_state_and_the_marks_are_there() throws Exception {
        assertThat(load(Type.getType(CoreNames.ASYNC_ANNOTATION).getInternalName())
                        .isAnnotation())
                .isTrue();
        assertThat(load(Type.getType(CoreNames.SUPPRESS_ANNOTATION).getInternalName())
                        .isAnnotation())
                .isTrue();
        assertThat(load(CoreNames.ASYNCIO).getMethods())
                .extracting(Method::getName)
                .contains(CoreNames.CREATE_TASK);
        assertThat(load(CoreNames.EVENT_LOOP).getMethods())
                .extracting(Method::getName)
                .contains(CoreNames.CREATE_TASK);
        assertThat(load(Type.getType(CoreNames.REWRITTEN_ANNOTATION).getInternalName())
                        .getMethod("value")
                        .getReturnType())
                .isEqualTo(int.class);
        assertThat(load(CoreNames.FRAME).getDeclaredField(CoreNames.STATE).getType())
                .isEqualTo(int.class);
        assertThat(load(CoreNames.EXECUTION).getField(CoreNames.SUSPENDED).getType())
                .isEqualTo(Object.class);
        assertThat(load(CoreNames.EXECUTION).getField(CoreNames.ENDED).getType())
                .isEqualTo(Object.class);
        assertThat(load(CoreNames.FUTURE)).isAssignableFrom(load(CoreNames.TASK));
    }

    @Test
    void both_sides_speak_the_same_protocol() {
        assertThat(CoreNames.PROTOCOL).isEqualTo(Execution.PROTOCOL);
    }

    private static Class<?> load(String internalName) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'));
    }
}
