package io.github.jasyncio.transform.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * A class full of constructs, with its nested classes.
 *
 * @param name the class's
 */
public record Target(String name, ClassFiles classes) {

    /** All targets among some classes: the top-level classes whose name ends so. */
    public static List<Target> in(ClassFiles classes) {
        return classes.names().stream()
                .filter(name -> name.endsWith("Target") && !name.contains("$"))
                .map(name -> new Target(name, classes.withNestedClassesOf(name)))
                .toList();
    }

    public List<Construct> constructs() {
        return Construct.in(name, classes);
    }

    /** Compares each construct with its twin under all schedules, as it is and in an async generator. */
    public void compare() {
        List<String> differences = new ArrayList<>();
        List<Construct> constructs = constructs();
        for (Comparison comparison : List.of(new Comparison(classes), Comparison.throughGenerators(classes))) {
            for (Construct construct : constructs) {
                try {
                    comparison.underAllSchedules(construct);
                } catch (AssertionError e) {
                    differences.add(e.getMessage());
                }
            }
        }
        if (constructs.isEmpty() || !differences.isEmpty()) {
            throw new AssertionError(differences.size() + " of " + constructs.size() + " constructs of " + name + "\n"
                    + String.join("\n", differences));
        }
    }

    /** What a construct does when it is rewritten and each of its awaits suspends: its events, and what it comes to. */
    public List<String> events(Construct construct) {
        Outcome outcome = Program.rewritten(classes).run(construct, Schedule.all(Behaviour.SUSPENDS), Start.IN_PLACE);
        List<String> events = new ArrayList<>(outcome.log());
        events.add(outcome.result());
        return events;
    }

    @Override
    public String toString() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
