package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What many laws begin with: somebody posts, somebody reads. */
public final class Conversation {

  private final World world;
  private final List<MessageId> posted = new ArrayList<>();

  /** The conversation of a scenario. */
  public Conversation(World world) {
    this.world = world;
  }

  /** Posts numbered messages. */
  @Given("a topic with {int} messages by {word}")
  public void topicWithMessages(int count, String handle) {
    posts(handle, count);
  }

  /** Counts anew: only what is posted from now on is looked at. */
  @Given("a new conversation")
  public void startAnew() {
    posted.clear();
  }

  /** Posts numbered messages. */
  @When("{word} posts {int} messages")
  public void posts(String handle, int count) {
    IntStream.rangeClosed(1, world.atMost(count))
        .forEach(n -> say(handle, "%s says %d".formatted(handle, posted.size() + 1)));
    world.settle();
  }

  /** Posts one message. */
  @When("{word} posts {string}")
  public void say(String handle, String content) {
    post(handle, Draft.of(world.topic(), content));
  }

  MessageId post(String handle, Draft draft) {
    var id = world.participant(handle).post(draft);
    posted.add(id);
    return id;
  }

  /** The ids that posting returned, in order. */
  List<MessageId> posted() {
    return List.copyOf(posted);
  }

  /** The whole topic as a participant reads it. */
  List<Message> asReadBy(String handle) {
    return History.whole(world.participant(handle), world.topic());
  }

  /** The ids of the whole topic as a participant reads it. */
  List<MessageId> idsAsReadBy(String handle) {
    return History.ids(asReadBy(handle));
  }

  /** Asserts that a participant reads exactly what was posted, in that order. */
  void readsEverythingInOrder(String handle) {
    assertThat(idsAsReadBy(handle)).isEqualTo(posted);
  }
}
