package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Store.Editor;
import dev.parley.conformance.reading.History;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Optional;

/** S21: messages that are changed or taken back after they were posted. */
public final class EditSteps {

  private final World world;
  private final Conversation conversation;
  private final LiveSteps live;
  private Optional<Editor> editor = Optional.empty();
  private List<Message> before = List.of();

  /** The steps of one scenario. */
  public EditSteps(World world, Conversation conversation, LiveSteps live) {
    this.world = world;
    this.conversation = conversation;
    this.live = live;
  }

  /** What is there before the change, and the means to change it. */
  @Given("messages can be changed later, where that is declared")
  public void canBeChanged() {
    before = conversation.asReadBy("bob");
    editor = world.store().editor();
    var visible = world.capabilities().editsVisible();
    assertThat(editor.isPresent()).as("an editor, as declared").isEqualTo(visible);
    if (!visible) {
      world.absent("edits and deletions");
    }
  }

  /** The author changes the content. */
  @When("the second message is edited to {string}")
  public void edited(String replacement) {
    editor.ifPresent(e -> e.edit(world.topic(), before.get(1).content(), replacement));
  }

  /** The author takes it back. */
  @When("the second message is deleted")
  public void deleted() {
    editor.ifPresent(e -> e.delete(world.topic(), before.get(1).content()));
  }

  /** The latest text, in the same place. */
  @Then("the history shows {string} in its place, marked as edited, and nothing else has changed")
  public void showsEdit(String replacement) {
    var after = conversation.asReadBy("bob");
    assertThat(History.ids(after)).isEqualTo(History.ids(before));
    if (editor.isEmpty()) {
      assertThat(after).isEqualTo(before);
      return;
    }
    assertThat(after.get(1).content()).isEqualTo(replacement);
    assertThat(after.get(1).condition()).isEqualTo(Condition.EDITED);
    assertThat(after.get(1).sender().handle()).isEqualTo(before.get(1).sender().handle());
    assertThat(after.getFirst()).isEqualTo(before.getFirst());
    assertThat(after.getLast()).isEqualTo(before.getLast());
  }

  /** A tombstone or nothing. */
  @Then("the history shows a tombstone in its place, or nothing, and no gap")
  public void showsDeletion() {
    var after = conversation.asReadBy("bob");
    if (editor.isEmpty()) {
      assertThat(after).isEqualTo(before);
      return;
    }
    if (editor.get().leavesTombstones()) {
      assertThat(History.ids(after)).isEqualTo(History.ids(before));
      assertThat(after.get(1).condition()).isEqualTo(Condition.DELETED);
      assertThat(after.get(1).content()).doesNotContain(before.get(1).content());
    } else {
      assertThat(History.ids(after)).containsExactly(before.getFirst().id(), before.getLast().id());
    }
    for (var place : before) {
      var window = Window.after(place.cursor(), 10);
      assertThat(world.participant("bob").fetchRecent(world.topic(), window).gap()).isFalse();
    }
  }

  /** The change is not told as news. */
  @Then("it is not handed over again to who follows live")
  public void notHandedOverAgain() {
    conversation.say("alice", "the next message");
    var ids = History.ids(live.awaited().read());
    assertThat(ids).isEqualTo(conversation.posted());
    assertThat(History.ids(live.awaited().handed())).doesNotHaveDuplicates();
  }
}
