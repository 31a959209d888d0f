package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.domain.message.MessageId;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;

/** S01: what was posted is in the history. */
public final class DurableSteps {

  private final World world;
  private final Conversation conversation;
  private List<MessageId> returned = List.of();

  /** The steps of one scenario. */
  public DurableSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Kills a poster in the middle of its work. */
  @When("{word} posts in another process, which is killed right after a post has returned")
  public void killedAfterPost(String handle) {
    var poster = world.process(handle);
    poster.post(world.topic(), handle + " says", world.atMost(200));
    poster.awaitPosted(Math.min(5, world.atMost(200)));
    poster.kill();
    returned = poster.posted();
    world.settle();
  }

  /** Reads in another process what this one posted. */
  @Then("{word} in another process reads the same {int} messages")
  public void readsInAnotherProcess(String handle, int count) {
    var reader = world.process(handle);
    reader.chain(world.topic(), 2, count);
    reader.awaitDone();
    assertThat(reader.read()).isEqualTo(conversation.posted());
  }

  /** Every returned id is in the history. */
  @Then("{word} reads every message whose post has returned, in order")
  public void readsEveryReturned(String handle) {
    var ids = History.ids(conversation.asReadBy(handle));
    assertThat(returned).isNotEmpty();
    assertThat(ids).startsWith(returned.toArray(MessageId[]::new));
  }
}
