package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import dev.parley.ports.inbound.ShowHandOffs;
import io.cucumber.java.en.Then;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** U02: the whole table of acts, each tried by everybody in every state. */
public final class LawfulActSteps {

  private static final List<String> ACTS =
      List.of("handoff", "claim", "progress", "done", "decline", "release", "cancel");

  /** What has to be said, and by whom, until a hand-off is in a state. */
  private static final Map<String, String> WAYS =
      Map.of(
          "offered", "planner handoff",
          "offered to coder", "planner handoff @coder",
          "claimed by coder", "planner handoff, coder claim",
          "done by coder", "planner handoff, coder claim, coder done",
          "declined by coder", "planner handoff @coder, coder decline",
          "cancelled by planner", "planner handoff, planner cancel");

  private static final int AT_ONCE = 8;

  private final World world;
  private final Sessions sessions;

  /** The steps of one scenario. */
  public LawfulActSteps(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  /**
   * Tries every act in every state, several at a time; what the table does not list changes
   * nothing.
   */
  @Then("of all that {word} may try, exactly this is lawful:")
  public void exactlyThisIsLawful(String names, List<Map<String, String>> table)
      throws InterruptedException, ExecutionException {
    var attempts = new ArrayList<Callable<Attempted>>();
    for (var state : WAYS.keySet()) {
      for (var act : ACTS) {
        for (var who : names.split(",", -1)) {
          var id = new HandOffId("ho-" + (attempts.size() + 1));
          var next = next(table, state, act, who);
          attempts.add(() -> attempt(id, state, act, who, next));
        }
      }
    }
    var expected = new HashMap<HandOffId, HandOffState.Kind>();
    for (var attempted : allOf(attempts)) {
      expected.put(attempted.id(), attempted.state());
    }
    var seen =
        sessions
            .begin(sessions.agent("newcomer", world.topic().value()))
            .handOffs()
            .list(new ShowHandOffs.Query(world.topic(), Set.of(), false));
    var states = new HashMap<HandOffId, HandOffState.Kind>();
    seen.handOffs().forEach(one -> states.put(one.key().id(), one.state().kind()));
    assertThat(states).as("as a newcomer reads it").isEqualTo(expected);
  }

  /** What became of a hand-off. */
  private record Attempted(HandOffId id, HandOffState.Kind state) {}

  private static List<Attempted> allOf(List<Callable<Attempted>> attempts)
      throws InterruptedException, ExecutionException {
    var attempted = new ArrayList<Attempted>();
    try (var executor = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var one : executor.invokeAll(attempts)) {
        attempted.add(one.get());
      }
    }
    return attempted;
  }

  private static HandOffState.@Nullable Kind next(
      List<Map<String, String>> table, String state, String act, String who) {
    return table.stream()
        .filter(row -> state.equals(row.get("from")) && act.equals(row.get("act")))
        .filter(row -> List.of(row.getOrDefault("who", "").split(", ", -1)).contains(who))
        .map(row -> kind(row.getOrDefault("to", "")))
        .findFirst()
        .orElse(null);
  }

  private static HandOffState.Kind kind(String word) {
    return List.of(HandOffState.Kind.values()).stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state is called " + word));
  }

  private Attempted attempt(
      HandOffId id, String state, String act, String who, HandOffState.@Nullable Kind next)
      throws InterruptedException {
    for (var said : WAYS.getOrDefault(state, "").split(", ", -1)) {
      var words = said.split(" ", 3);
      var made = perform(words[0], words[1], id, words.length == 3 ? words[2] : "");
      assertThat(made.verdict()).isEqualTo(Verdict.APPLIED);
    }
    var outcome = perform(who, act, id, "");
    var tried = "%s by %s on what is %s: %s".formatted(act, who, state, outcome.sentence());
    if (next == null) {
      assertThat(outcome.verdict())
          .as(tried)
          .isIn(Verdict.LOST, Verdict.UNLAWFUL, Verdict.ALREADY_YOURS);
      assertThat(state).as(tried).startsWith(outcomeState(outcome).word());
    } else {
      assertThat(outcome.verdict()).as(tried).isEqualTo(Verdict.APPLIED);
      assertThat(outcomeState(outcome)).as(tried).isEqualTo(next);
    }
    return new Attempted(id, outcomeState(outcome));
  }

  private static HandOffState.Kind outcomeState(Outcome outcome) {
    if (outcome.handOff() == null) {
      throw new AssertionError("the hand-off is not known: " + outcome.sentence());
    }
    return outcome.handOff().state().kind();
  }

  private Outcome perform(String who, String word, HandOffId id, String text)
      throws InterruptedException {
    var act = Act.in("#%s %s %s".formatted(word, id, text)).orElseThrow();
    return sessions.of(who).handOffWork().perform(world.topic(), act);
  }
}
