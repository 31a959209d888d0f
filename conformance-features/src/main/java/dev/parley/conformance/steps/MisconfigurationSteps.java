package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.OpenStore;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** S18: what is wrong is said. */
public final class MisconfigurationSteps {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int LONGEST_SENTENCE = 500;
  private static final List<String> NOISE = List.of("Exception", "\tat ", "null", "java.");

  private final World world;
  private final Map<Misconfiguration, String> said = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private List<Misconfiguration> table = List.of();

  /** The steps of one scenario. */
  public MisconfigurationSteps(World world) {
    this.world = world;
  }

  /** The backend's own table of faults. */
  @Given("the table of what can be wrong with this backend, which is not empty")
  public void table() {
    table = world.underTest().misconfigurations();
    assertThat(table).as("table of faults").isNotEmpty();
  }

  /** Each is said when the backend is first used. */
  @Then("each fault is said within 15 seconds, in the words expected")
  public void eachIsSaid() {
    for (var fault : table) {
      var begun = System.nanoTime();
      var message = errorOf(fault);
      said.put(fault, message);
      if (Duration.ofNanos(System.nanoTime() - begun).compareTo(LIMIT) > 0) {
        complain(fault, "took longer than 15 seconds", message);
      }
      for (var word : fault.words()) {
        if (!message.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
          complain(fault, "does not say '%s'".formatted(word), message);
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  /** In a form that a person can read. */
  @Then("it is one sentence, without a stack trace and without a secret")
  public void oneSentence() {
    said.forEach(this::checkReadable);
    assertThat(complaints).isEmpty();
  }

  /** The doctor finds it too. */
  @Then("doctor finds each of them, and names a remedy")
  public void doctorFinds() {
    for (var fault : table) {
      var shown = shownByDoctor(fault);
      if (shown.isEmpty()) {
        complain(fault, "is not found by doctor", "no problem among its findings");
      }
      shown.forEach(text -> checkReadable(fault, text));
    }
    assertThat(complaints).isEmpty();
  }

  /** Problems and their remedies; or why the checks ended, which says itself what to change. */
  private List<String> shownByDoctor(Misconfiguration fault) {
    var plugin = world.underTest().plugin();
    try {
      return plugin.diagnose(OpenStore.config(plugin, fault.config())).stream()
          .filter(finding -> finding.level() == Finding.Level.PROBLEM)
          .flatMap(problem ->
              Stream.of(problem.found(), Objects.requireNonNullElse(problem.remedy(), "")))
          .toList();
    } catch (BackendException.Misconfigured unusable) {
      return List.of(String.valueOf(unusable.getMessage()));
    }
  }

  private String errorOf(Misconfiguration fault) {
    try (var backend =
        OpenStore.as(
            new Handle("alice"),
            Sender.Kind.AGENT,
            world.underTest().plugin(),
            fault.config(),
            world.newFolder("state"))) {
      var topic = new TopicName("planning");
      var _ = backend.fetchRecent(topic, Window.latest(1));
      var _ = backend.post(Draft.of(topic, "is anything wrong?"));
      return "(no error)";
    } catch (BackendException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void checkReadable(Misconfiguration fault, String text) {
    if (text.isBlank() || text.length() > LONGEST_SENTENCE || text.lines().count() > 1) {
      complain(fault, "is not one sentence", text);
    }
    for (var noise : NOISE) {
      if (text.contains(noise)) {
        complain(fault, "says '%s'".formatted(noise), text);
      }
    }
    for (var setting : world.underTest().plugin().settings()) {
      var value = fault.config().getOrDefault(setting.name(), "");
      if (setting.secret() && !value.isEmpty() && text.contains(value)) {
        complain(fault, "gives away the secret '%s'".formatted(setting.name()), text);
      }
    }
  }

  private void complain(Misconfiguration fault, String what, String text) {
    complaints.add("%s: %s: %s".formatted(fault.fault(), what, text));
  }
}
