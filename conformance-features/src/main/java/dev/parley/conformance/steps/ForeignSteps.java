package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** S19: what other software leaves in a topic. */
public final class ForeignSteps {

  private final World world;
  private final Conversation conversation;
  private final List<Shown> expected = new ArrayList<>();
  private Optional<LiveReader> live = Optional.empty();
  private Optional<ExistingStore> existing = Optional.empty();

  /** What a reader is to see; null where anything will do. */
  private record Shown(@Nullable String sender, @Nullable String content, boolean readable) {
    boolean fits(Message message) {
      return (sender == null || sender.equals(message.sender().handle()))
          && (content == null || content.equals(message.content()))
          && readable == (message.condition() != Condition.UNREADABLE);
    }
  }

  /** The steps of one scenario. */
  public ForeignSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Reads live while the records come in. */
  @Given("bob reads live what other software leaves")
  public void readsLive() {
    live = Optional.of(world.closeAtEnd(new LiveReader(world.participant("bob"), world.topic())));
  }

  /** Each record, with an ordinary message before and after. */
  @When("other software leaves its records between the messages of alice")
  public void leavesRecords() {
    var records = world.store().foreignRecords();
    assertThat(records).as("foreign records").isNotEmpty();
    posts("before");
    for (var foreign : records) {
      foreign.write().accept(world.topic());
      shownAs(foreign).ifPresent(expected::add);
      posts("after " + foreign.what());
    }
    world.settle();
  }

  /** All in place, on pages of any size. */
  @Then("all is read in its place, what cannot be read as a marked placeholder")
  public void readInPlace() {
    var bob = world.participant("bob");
    assertThatFits(History.whole(bob, world.topic()));
    var first = History.whole(bob, world.topic()).getFirst();
    assertThatFits(
        History.after(bob, world.topic(), first.cursor(), 1), expected.subList(1, expected.size()));
  }

  /** The same on the live path. */
  @Then("all has been read live in its place too")
  public void readLiveInPlace() {
    var reader = live.orElseThrow();
    reader.await(expected.size(), world.patience());
    assertThatFits(reader.read());
  }

  /** A store that was there before Parley. */
  @Given("a store that other software has filled")
  public void existingStore() {
    existing = world.underTest().existingStore();
    existing.ifPresentOrElse(
        found -> world.useStore(found.store()),
        () -> world.absent("a layout shared with other software"));
  }

  /** It is read in full. */
  @Then("every entry of it is read, in order, and it can be written on")
  public void readInFull() {
    if (existing.isEmpty()) {
      return;
    }
    var store = existing.get();
    store
        .entries()
        .forEach(entry ->
            expected.add(new Shown(entry.sender(), entry.content(), entry.content() != null)));
    var topic = world.topic(store.topic().value());
    assertThatFits(History.whole(world.participant("bob"), topic));
    var id = world.participant("bob").post(Draft.of(topic, "and on"));
    world.settle();
    assertThat(History.ids(History.whole(world.participant("carol"), topic)))
        .endsWith(id)
        .hasSize(expected.size() + 1);
  }

  private void posts(String content) {
    conversation.say("alice", content);
    expected.add(new Shown("alice", content, true));
  }

  private static Optional<Shown> shownAs(ForeignRecord foreign) {
    return switch (foreign.shown()) {
      case AsMessage message -> Optional.of(new Shown(message.sender(), message.content(), true));
      case AsPlaceholder _ -> Optional.of(new Shown(null, null, false));
      case NotAtAll _ -> Optional.empty();
    };
  }

  private void assertThatFits(List<Message> read) {
    assertThatFits(read, expected);
  }

  private static void assertThatFits(List<Message> read, List<Shown> shown) {
    assertThat(read).hasSameSizeAs(shown);
    for (var n = 0; n < shown.size(); n++) {
      var wanted = shown.get(n);
      assertThat(read.get(n)).as("entry %d: %s", n + 1, wanted).matches(wanted::fits);
      assertThat(read.get(n).content()).isNotBlank();
    }
  }
}
