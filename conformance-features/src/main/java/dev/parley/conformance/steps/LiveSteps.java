package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.outbound.Capabilities.Push;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** S07 and S02: a reader who follows the topic live. */
public final class LiveSteps {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final World world;
  private final Conversation conversation;
  private final List<LiveReader> readers = new ArrayList<>();

  /** The steps of one scenario. */
  public LiveSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Subscribes; whatever is posted from now on counts. */
  @Given("{word} has just subscribed to the topic")
  public void hasJustSubscribed(String handle) {
    readers.add(world.closeAtEnd(new LiveReader(world.participant(handle), world.topic())));
  }

  /** Subscribes with a feed that reads the history whenever it hears of anything. */
  @Given("{word} has just subscribed to the topic, and takes hints")
  public void takesHints(String handle) {
    readers.add(world.closeAtEnd(LiveReader.byHints(world.participant(handle), world.topic())));
  }

  /** Subscribes, and waits until a message has come by the feed itself. */
  @Given("{word} follows the topic live")
  public void followsLive(String handle) {
    hasJustSubscribed(handle);
    var reader = readers.getLast();
    for (var probe = 1; reader.handed().isEmpty(); probe++) {
      conversation.say("warden", "is this live? " + probe);
      reader.await(probe, world.patience());
    }
  }

  /** One message after the other, each when all is quiet. */
  @Then("each of {int} messages of {word} arrives within 2 seconds, where push is not by polling")
  public void arrivesSoon(int messages, String handle) {
    var polled = world.capabilities().push() == Push.POLL;
    if (polled) {
      world.absent("push without polling");
    }
    for (var n = 1; n <= messages; n++) {
      conversation.posts(handle, 1);
      readers.getFirst().await(conversation.posted().size(), polled ? world.patience() : SOON);
    }
  }

  /** Reads live what was posted. */
  @Then("the reader has read every message live, in order")
  public void readsEverythingLive() {
    assertThat(History.ids(awaited().read())).isEqualTo(conversation.posted());
  }

  /** Reads live what was posted last, whenever it began. */
  @Then("every reader has read the last {int} messages live, in order")
  public void everyReaderHasReadTheLast(int messages) {
    var posted = conversation.posted();
    var last = posted.subList(posted.size() - world.atMost(messages), posted.size());
    for (var reader : readers) {
      Awaitility.await("the last message by a reader")
          .atMost(world.patience())
          .pollInterval(PAUSE)
          .until(() -> History.ids(reader.read()).contains(last.getLast()));
      assertThat(History.ids(reader.read())).endsWith(last.toArray(MessageId[]::new));
    }
  }

  /** What the feed itself hands over is in order, and never the same twice. */
  @Then("the feed has handed nothing over twice, nor out of order")
  public void handedInOrder() {
    var handed = History.ids(awaited().handed());
    assertThat(handed).isNotEmpty();
    assertThat(conversation.posted()).containsSubsequence(handed.toArray(MessageId[]::new));
  }

  /** The first reader, once it has read everything that was posted. */
  LiveReader awaited() {
    var reader = readers.getFirst();
    reader.await(conversation.posted().size(), world.patience());
    return reader;
  }
}
