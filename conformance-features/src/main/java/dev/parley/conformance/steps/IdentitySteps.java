package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.jspecify.annotations.Nullable;

/** S02: one id for one message, whichever way it comes. */
public final class IdentitySteps {

  private final World world;
  private final Conversation conversation;
  private final LiveSteps live;

  /** What two ways of delivery have to agree on. */
  private record Essence(MessageId id, String sender, String content, @Nullable MessageId parent) {
    static Essence of(Message message) {
      return new Essence(
          message.id(), message.sender().handle(), message.content(), message.parent());
    }
  }

  /** The steps of one scenario. */
  public IdentitySteps(World world, Conversation conversation, LiveSteps live) {
    this.world = world;
    this.live = live;
    this.conversation = conversation;
  }

  /** A question and its answer. */
  @When("alice posts a question and carol replies to it")
  public void questionAndReply() {
    var question = conversation.post("alice", Draft.of(world.topic(), "shall we?"));
    conversation.post("carol", Draft.of(world.topic(), "we shall").inReplyTo(question));
  }

  /** No id twice. */
  @Then("no two messages have the same id")
  public void idsAreUnique() {
    assertThat(conversation.posted()).doesNotHaveDuplicates();
    assertThat(History.ids(conversation.asReadBy("reader"))).doesNotHaveDuplicates();
  }

  /** The ids of post, feed and history are the same. */
  @Then("post, feed and history agree on id, sender, content and thread parent")
  public void allWaysAgree() {
    var history = conversation.asReadBy("reader");
    assertThat(History.ids(history)).isEqualTo(conversation.posted());
    var handed = live.awaited().handed().stream().map(Essence::of).toList();
    assertThat(history.stream().map(Essence::of).toList()).endsWith(handed.toArray(Essence[]::new));
    assertThat(handed).isNotEmpty();
    assertThat(history.stream().skip(history.size() - 2).map(m -> m.sender().handle()).toList())
        .containsExactly("alice", "carol");
  }

  /** A cursor from the feed is as good as one from the history. */
  @Then("after a cursor from the feed comes the same page as after one from the history")
  public void cursorsAreInterchangeable() {
    var reader = world.participant("reader");
    var history = conversation.asReadBy("reader");
    assertThat(live.awaited().handed()).isNotEmpty();
    for (var handed : live.awaited().handed()) {
      var same = history.stream().filter(m -> m.id().equals(handed.id())).findFirst().orElseThrow();
      var afterHanded = reader.fetchRecent(world.topic(), Window.after(handed.cursor(), 100));
      var afterRead = reader.fetchRecent(world.topic(), Window.after(same.cursor(), 100));
      assertThat(History.ids(afterHanded.messages()))
          .isEqualTo(History.ids(afterRead.messages()))
          .doesNotContain(handed.id());
    }
  }
}
