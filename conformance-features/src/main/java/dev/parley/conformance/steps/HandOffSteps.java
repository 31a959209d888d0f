package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.ShowHandOffs;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** U02: work that is offered, claimed and reported on, as each session sees it. */
public final class HandOffSteps {

  private final World world;
  private final Sessions sessions;
  private final Map<String, Sessions.Plan> plans = new HashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, MessageId> lastMessages = new HashMap<>();
  private int newcomers;

  /** The steps of one scenario. */
  public HandOffSteps(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  /** Begins a session of an agent. */
  @Given("{word} works in {word}")
  public void works(String handle, String topics) {
    begin(handle, sessions.agent(handle, topics.split(",", -1)));
  }

  /** Begins a second session of an agent. */
  @Given("{word} works in {word} in a second session")
  public void worksInSecondSession(String handle, String topics) {
    begin(handle + "-2", sessions.agent(handle, topics.split(",", -1)));
  }

  /** Begins a session of a person at a terminal. */
  @Given("{word} is a person in {word}")
  public void isPerson(String handle, String topics) {
    begin(handle, sessions.person(handle, topics.split(",", -1)));
  }

  private void begin(String name, Sessions.Plan plan) {
    plans.put(name, plan);
    var _ = sessions.begin(name, plan);
  }

  /** Ends a session; what its instance keeps stays. */
  @When("{word} leaves")
  public void leaves(String name) {
    sessions.end(name);
  }

  /** Begins a session again, with what its instance kept. */
  @When("{word} comes back")
  public void comesBack(String name) {
    var _ = sessions.begin(name, plan(name));
  }

  private Sessions.Plan plan(String name) {
    var plan = plans.get(name);
    if (plan == null) {
      throw new IllegalStateException("no session '%s' was begun".formatted(name));
    }
    return plan;
  }

  /** Says something, in the way a person types and an agent posts. */
  @When("{word} says {string}")
  public void says(String name, String content) throws InterruptedException {
    say(name, world.topic(), content);
  }

  /** Says something in a topic. */
  @When("{word} says {string} in {word}")
  public void saysIn(String name, String content, String topic) throws InterruptedException {
    say(name, world.topic(topic), content);
  }

  /** Says one thing after the other. */
  @When("{word} says each of these:")
  public void saysEach(String name, List<String> contents) throws InterruptedException {
    for (var content : contents) {
      say(name, world.topic(), content);
    }
  }

  /** Says many things that are no acts. */
  @When("{word} says {int} other things")
  public void saysManyThings(String name, int messages) throws InterruptedException {
    for (var n = 1; n <= world.atMost(messages); n++) {
      say(name, world.topic(), "other thing " + n);
    }
  }

  private void say(String name, TopicName topic, String content) throws InterruptedException {
    var can = sessions.of(name);
    var message = can.post().post(Draft.of(topic, content));
    lastMessages.put(name, message);
    var act = Act.in(content);
    if (act.isPresent()) {
      outcomes.put(name, can.handOffWork().outcomeOf(topic, act.get(), message));
    }
  }

  /** Posts without asking what came of it, so that nobody has read it yet. */
  @When("{word} posts {string}, which nobody has read yet")
  public void postsUnread(String name, String content) {
    sessions.of(name).post().post(Draft.of(world.topic(), content));
  }

  /** The author changes a message, where the backend lets that be seen. */
  @When("that message is edited to {string}, where that is declared")
  public void edited(String replacement) {
    var editor = world.store().editor();
    assertThat(editor.isPresent())
        .as("an editor, as declared")
        .isEqualTo(world.capabilities().editsVisible());
    var last = History.whole(world.participant("warden"), world.topic()).getLast();
    editor.ifPresentOrElse(
        e -> e.edit(world.topic(), last.content(), replacement), () -> world.absent("edits"));
  }

  /** What a session was told of its last act. */
  @Then("{word} is told {string}")
  public void isTold(String name, String sentence) {
    assertThat(outcome(name).sentence()).isEqualTo(sentence);
  }

  /** A session is told that another one of its handle holds the work. */
  @Then("{word} is told that another session of {word} claimed {word} first")
  public void isToldOfOtherSession(String name, String handle, String id) {
    assertThat(outcome(name).sentence())
        .isEqualTo(
            "%s is not yours: another session of '%s' claimed it first, with message %s"
                .formatted(id, handle, lastMessages.get(handle)));
  }

  private Outcome outcome(String name) {
    var outcome = outcomes.get(name);
    if (outcome == null) {
      throw new IllegalStateException("'%s' has not acted".formatted(name));
    }
    return outcome;
  }

  /** How a session sees a hand-off. */
  @Then("{word} sees {word} as {string}")
  public void sees(String name, String id, String standing) {
    assertThat(standing(name, id)).as("as %s sees it", name).isEqualTo(standing);
  }

  /** All sessions, and one that reads the topic for the first time, see the same. */
  @Then("to all of them {word} is {string}")
  public void everybodySees(String id, String standing) {
    for (var name : everybody()) {
      sees(name, id, standing);
    }
  }

  /** Nobody knows of a hand-off in this topic. */
  @Then("nobody knows of {word}")
  public void nobodyKnows(String id) {
    for (var name : everybody()) {
      assertThat(sessions.of(name).handOffs().find(new HandOffId(id))).isEmpty();
    }
  }

  /** What the offer asks for, as everybody sees it. */
  @Then("it is seen by all that {word} asks for {string}")
  public void everybodySeesGoal(String id, String goal) {
    for (var name : everybody()) {
      assertThat(handOff(name, id).goal()).isEqualTo(goal);
    }
  }

  private List<String> everybody() {
    var all = new ArrayList<String>(plans.keySet());
    all.add(newcomer());
    return all;
  }

  private String newcomer() {
    var name = "newcomer" + ++newcomers;
    var _ = sessions.begin(name, sessions.agent(name, world.topic().value()));
    return name;
  }

  private String standing(String name, String id) {
    return handOff(name, id).standing();
  }

  private HandOff handOff(String name, String id) {
    var query = new ShowHandOffs.Query(world.topic(), Set.of(), false);
    var listing = sessions.of(name).handOffs().list(query);
    assertThat(listing.truncated()).isFalse();
    return listing.handOffs().stream()
        .filter(one -> one.key().id().equals(new HandOffId(id)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("%s does not know %s".formatted(name, id)));
  }
}
