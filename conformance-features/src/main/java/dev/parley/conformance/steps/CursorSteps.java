package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.Store.Loss;
import dev.parley.conformance.reading.History;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.BackendException.CursorRejected;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Locale;

/** S14: cursors that are none, that are another's, and whose place is gone. */
public final class CursorSteps {

  private final World world;
  private final Conversation conversation;
  private List<Message> before = List.of();
  private boolean lost;

  /** The steps of one scenario. */
  public CursorSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Something that never was a cursor here. */
  @Then("the cursor {} is rejected in both directions")
  public void rejected(String cursor) {
    assertRejected(new Cursor(cursor));
  }

  /** A cursor of the right kind, with a piece cut off or added. */
  @Then("a cursor of this store that was tampered with is rejected in both directions")
  public void tamperedRejected() {
    var cursor = conversation.asReadBy("bob").getLast().cursor().value();
    assertRejected(new Cursor("x" + cursor));
    assertRejected(new Cursor(cursor + "x"));
  }

  /** A cursor of the same backend, made on another store. */
  @Then("a cursor of another store of this backend is rejected in both directions")
  public void otherStoreRejected() {
    var elsewhere = world.closeAtEnd(world.underTest().newStore());
    elsewhere.prepare(world.topic());
    var backend = world.closeAtEnd(world.open("alice", Sender.Kind.AGENT, elsewhere));
    var _ = backend.post(Draft.of(world.topic(), "elsewhere"));
    assertRejected(History.tail(backend, world.topic()));
  }

  /** Remembers where everything stood, and has everybody leave. */
  @Given("bob has read them and everybody has left")
  public void hasRead() {
    before = conversation.asReadBy("bob");
    world.leaveAll();
  }

  /** History gets lost. */
  @When("the history is lost: {word}")
  public void historyIsLost(String kind) {
    var loss = Loss.valueOf(kind);
    lost = world.store().losses().contains(loss);
    if (lost) {
      world.store().lose(loss, world.topic());
    } else {
      world.absent("a way to lose history: " + kind.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  /** The reader is told that something is missing. */
  @Then("a page after the first message starts with the oldest kept message and tells of the gap")
  public void tellsOfGap() {
    var page = after(before.getFirst());
    var kept = History.ids(conversation.asReadBy("bob"));
    if (lost) {
      assertThat(page.gap()).as("gap").isTrue();
      assertThat(History.ids(page.messages())).isEqualTo(kept);
    } else {
      assertThat(page.gap()).as("gap").isFalse();
      assertThat(History.ids(page.messages())).isEqualTo(kept.subList(1, kept.size()));
    }
  }

  /** The reader is told that all is missing. */
  @Then("a page after the first message is empty and tells of the gap")
  public void emptyPageTellsOfGap() {
    var page = after(before.getFirst());
    assertThat(page.gap()).as("gap").isEqualTo(lost);
    assertThat(page.messages()).hasSize(lost ? 0 : before.size() - 1);
    assertThat(page.more()).as("more").isFalse();
  }

  /** From there on everything is as ever. */
  @Then("the pages that follow tell of no gap")
  public void noGapAfterwards() {
    var next = after(before.getFirst()).next();
    conversation.say("alice", "after the loss");
    world.settle();
    var page = world.participant("bob").fetchRecent(world.topic(), Window.after(next, 100));
    assertThat(page.gap()).as("gap").isFalse();
    assertThat(page.messages()).extracting(Message::content).containsExactly("after the loss");
  }

  /** A reader who had read past what is gone has lost nothing. */
  @Then("who had read past the loss is told of no gap")
  public void noFalseAlarm() {
    var page = after(before.getLast());
    assertThat(page.messages()).isEmpty();
    if (world.capabilities().exactGaps()) {
      assertThat(page.gap()).as("gap").isFalse();
      assertThat(after(before.get(before.size() - 2)).gap()).as("gap").isFalse();
    } else {
      world.absent("exact gaps");
    }
  }

  private Page after(Message message) {
    var window = Window.after(message.cursor(), 100);
    return world.participant("bob").fetchRecent(world.topic(), window);
  }

  private void assertRejected(Cursor cursor) {
    var bob = world.participant("bob");
    for (var window : List.of(Window.after(cursor, 10), Window.before(cursor, 10))) {
      assertThatThrownBy(() -> bob.fetchRecent(world.topic(), window))
          .as("reading from '%s'", cursor)
          .isInstanceOf(CursorRejected.class);
    }
  }
}
