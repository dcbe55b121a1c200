package io.github.jasyncio.conformance.random;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a program, and what stands under it, indented by one space more. */
record Node(List<String> words, List<Node> children) {

    static List<Node> parse(List<String> lines) {
        List<Node> path = new ArrayList<>();
        path.add(new Node(List.of(), new ArrayList<>()));
        for (String line : lines) {
            int depth = line.length() - line.stripLeading().length();
            Node node = new Node(List.of(line.strip().split(" ")), new ArrayList<>());
            path.subList(depth + 1, path.size()).clear();
            path.get(depth).children.add(node);
            path.add(node);
        }
        return path.get(0).children;
    }

    String word(int index) {
        return words.get(index);
    }

    /** The child that begins with this word. */
    @Nullable
    Node child(String word) {
        return children.stream()
                .filter(child -> child.word(0).equals(word))
                .findFirst()
                .orElse(null);
    }
}
