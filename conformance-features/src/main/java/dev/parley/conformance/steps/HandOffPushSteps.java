package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.Follow;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** U02: what a session is pushed of hand-offs. */
public final class HandOffPushSteps {

  private final World world;
  private final Sessions sessions;
  private final Map<String, Heard> listeners = new HashMap<>();

  /** The steps of one scenario. */
  public HandOffPushSteps(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  /** Listens live. */
  @Given("{word} hears what is said")
  public void hears(String name) throws InterruptedException {
    var heard = new Heard();
    var following = sessions.of(name).follow().follow(List.of(world.topic()), heard);
    sessions.atEnd(name, following::close);
    if (!following.awaitStarted(world.patience())) {
      throw new AssertionError(name + " does not follow yet");
    }
    listeners.put(name, heard);
  }

  /** Is pushed an act that counts. */
  @Then("{word} is pushed {string}, which counts")
  public void isPushedWhatCounts(String name, String content) {
    await(name, content, true);
  }

  /** Is pushed an act that changes nothing, and knows it. */
  @Then("{word} is pushed {string}, which changes nothing")
  public void isPushedWhatChangesNothing(String name, String content) {
    await(name, content, false);
  }

  private void await(String name, String content, boolean counts) {
    var heard = listeners.get(name);
    if (heard == null) {
      throw new IllegalStateException("'%s' does not listen".formatted(name));
    }
    Awaitility.await()
        .atMost(world.patience())
        .untilAsserted(() ->
            assertThat(heard.pushed)
                .as("what %s is pushed", name)
                .anyMatch(one ->
                    one.message().content().equals(content)
                        && one.effect() != null
                        && (one.effect() instanceof Effect.Applied) == counts));
  }

  private static final class Heard implements Follow.Listener {

    private final List<Follow.Pushed> pushed = new CopyOnWriteArrayList<>();

    @Override
    public void message(Follow.Pushed one) {
      pushed.add(one);
    }

    @Override
    public void heldBack(Map<TopicName, Integer> counts) {
      throw new AssertionError("nothing is held back here: " + counts);
    }

    @Override
    public void gap(TopicName topic) {
      throw new AssertionError("nothing is missing here");
    }

    @Override
    public void interrupted(TopicName topic, String why) {
      // It comes back by itself.
    }
  }
}
