package io.github.jasyncio.documentation;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users import says what it does, and what it is called in asyncio. */
class JavadocTest {

    /** Where a counterpart is named, or a type or method that names it. */
    private static final Pattern COUNTERPART =
            Pattern.compile("asyncio|Semantics:|Python|contextvars|\\{@link|The same|like \\{@code");

    /** These have none: asyncio shows its loops and tasks in other ways. */
    private static final String PACKAGE_WITHOUT_COUNTERPART = "io.github.jasyncio.introspection";

    private static final Set<String> WITHOUT_COUNTERPART = Set.of("FutureCallGraph");

    /** Not public itself, but users see its methods on {@code EventLoop}. */
    private static final Set<String> SEEN_THROUGH_SUBCLASSES = Set.of("ChannelLoop");

    /** These say the same everywhere. */
    private static final Set<String> PLAIN =
            Set.of("<init>", "toString", "equals", "hashCode", "builder", "build", "call", "apply");

    private final List<String> undocumented = new ArrayList<>();
    private final List<String> withoutCounterpart = new ArrayList<>();

    @Test
    void every_public_type_and_method_is_documented_and_names_its_counterpart() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(docs).scan(unit, null);
            }
        }

        assertThat(undocumented).as("without Javadoc").isEmpty();
        assertThat(withoutCounterpart)
                .as("without a word on the counterpart in asyncio, or that there is none")
                .isEmpty();
    }

    private static Set<Path> sources() throws IOException {
        try (Stream<Path> core = Files.walk(Path.of("../core/src/main/java"));
                Stream<Path> library = Files.walk(Path.of("src/main/java"))) {
            Set<Path> sources = Stream.concat(core, library)
                    .filter(path -> path.toString().endsWith(".java")
                            && !path.toString().contains("internal")
                            && !path.endsWith("module-info.java"))
                    .collect(toSet());
            assertThat(sources).hasSizeGreaterThan(50);
            return sources;
        }
    }

    /** Reads a file and notes what is missing. */
    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees docs;

        Reader(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            String name = type.getSimpleName().toString();
            if (isPublic(type.getModifiers())) {
                check(name, WITHOUT_COUNTERPART.contains(name) || isNested());
            } else if (!SEEN_THROUGH_SUBCLASSES.contains(name)) {
                return null;
            }
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            boolean isOverride = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean isInInterface = owner.getKind() == Tree.Kind.INTERFACE
                    && !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
            boolean isOfRecord =
                    owner.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if ((isInInterface || isPublic(method.getModifiers())) && !isOverride && !isOfRecord) {
                String ownerName = owner.getSimpleName().toString();
                check(
                        ownerName + "." + method.getName(),
                        PLAIN.contains(method.getName().toString())
                                || WITHOUT_COUNTERPART.contains(ownerName)
                                || getCurrentPath()
                                                .getParentPath()
                                                .getParentPath()
                                                .getLeaf()
                                        instanceof ClassTree);
            }
            return null;
        }

        private boolean isNested() {
            return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
        }

        private static boolean isPublic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC);
        }

        private void check(String name, boolean mayBeWithoutCounterpart) {
            String comment = docs.getDocComment(getCurrentPath());
            String packageName =
                    String.valueOf(getCurrentPath().getCompilationUnit().getPackageName());
            if (comment == null) {
                undocumented.add(name);
            } else if (!mayBeWithoutCounterpart
                    && !packageName.equals(PACKAGE_WITHOUT_COUNTERPART)
                    && !COUNTERPART.matcher(comment).find()) {
                withoutCounterpart.add(name);
            }
        }
    }
}
