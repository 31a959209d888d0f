package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Capabilities.UnknownParent;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** S12: threads. */
public final class ThreadSteps {

  private final World world;
  private final Conversation conversation;
  private final List<@Nullable MessageId> parents = new ArrayList<>();

  /** The steps of one scenario. */
  public ThreadSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Three ordinary messages and two replies, one of them to a reply. */
  @When("alice asks, bob speaks of something else, carol replies to alice and dave to carol")
  public void thread() {
    var question = posted("alice", "shall we?", null);
    posted("bob", "by the way", null);
    var reply = posted("carol", "we shall", question);
    posted("dave", "agreed", reply);
    world.settle();
  }

  /** The parents come back, in place. */
  @Then("the replies stand in the order they were posted, each with its parent")
  public void repliesInPlace() {
    var threads = world.capabilities().threads();
    if (!threads) {
      world.absent("thread parents");
    }
    conversation.readsEverythingInOrder("erin");
    var expected = threads ? parents : parents.stream().map(parent -> null).toList();
    assertThat(conversation.asReadBy("erin")).extracting(Message::parent).isEqualTo(expected);
  }

  /** A reply to what never existed here. */
  @Then("a reply to a message that does not exist is stored or refused, as declared")
  public void unknownParent() {
    posted("alice", "the only message here", null);
    var draft = Draft.of(world.topic(), "a reply to nothing").inReplyTo(idUnknownHere());
    if (world.capabilities().unknownParent() == UnknownParent.REFUSED) {
      assertThatThrownBy(() -> world.participant("bob").post(draft))
          .isInstanceOf(BackendException.class);
    } else {
      var _ = conversation.post("bob", draft);
      world.settle();
      var parent = conversation.asReadBy("erin").getLast().parent();
      assertThat(parent).isEqualTo(world.capabilities().threads() ? draft.parent() : null);
    }
    conversation.readsEverythingInOrder("erin");
  }

  private MessageId posted(String handle, String content, @Nullable MessageId parent) {
    var draft = new Draft(world.topic(), content, parent, null);
    parents.add(parent);
    return conversation.post(handle, draft);
  }

  /** The id of a message in another store, where more was posted than here. */
  private MessageId idUnknownHere() {
    var elsewhere = world.closeAtEnd(world.underTest().newStore());
    elsewhere.prepare(world.topic());
    var backend = world.closeAtEnd(world.open("alice", Sender.Kind.AGENT, elsewhere));
    var id = backend.post(Draft.of(world.topic(), "elsewhere"));
    for (var n = 2; n <= 5; n++) {
      id = backend.post(Draft.of(world.topic(), "elsewhere " + n));
    }
    return id;
  }
}
