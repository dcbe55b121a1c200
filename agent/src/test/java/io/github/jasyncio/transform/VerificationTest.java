package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

class VerificationTest {

    private static final ClassFiles NOTHING_ELSE = name -> null;

    private static Result orders() {
        return Transformer.transform(CompiledSource.compileOne("shop.Orders", """
                package shop;
                import io.github.jasyncio.*;
                import static io.github.jasyncio.Asyncio.await;
                public class Orders {
                    @Async Coroutine<String> fetch(String s) {
                        return Coroutine.of(s + await(fetch(s)));
                    }
                }
                """));
    }

    @Test
    void what_the_transformer_makes_is_valid_even_if_nothing_can_be_looked_up() {
        assertThatCode(() -> Verification.verify(orders(), NOTHING_ELSE)).doesNotThrowAnyException();
    }

    @Test
    void a_class_that_the_virtual_machine_would_refuse_is_a_bug_of_ours_with_its_method() {
        Result good = orders();
        ClassNode node = new ClassNode();
        new ClassReader(good.classFile()).accept(node, 0);
        MethodNode body = node.methods.get(node.methods.size() - 1);
        body.instructions.insert(new InsnNode(Opcodes.POP)); // from an empty stack
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        Result broken = new Result(true, writer.toByteArray(), good.frameClasses(), List.of());

        assertThatThrownBy(() -> Verification.verify(broken, NOTHING_ELSE))
                .isInstanceOf(TransformException.class)
                .hasMessageStartingWith(
                        "could not rewrite shop.Orders (a bug in jasyncio): the virtual machine would refuse"
                                + " lambda$fetch$async$0(Lshop/Orders;Ljava/lang/String;")
                .hasMessageContaining("Cannot pop operand off an empty stack");
    }
}
