package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.Optional;

/** S04 and S05: pages begin strictly after a cursor, and the tail is quiet. */
public final class PagingSteps {

  private static final int LARGE = 60_000;

  private final World world;
  private final Conversation conversation;
  private Optional<TopicName> quiet = Optional.empty();

  /** The steps of one scenario. */
  public PagingSteps(World world, Conversation conversation) {
    this.world = world;
    this.conversation = conversation;
  }

  /** Messages so large that a page of many would pass 1 MiB. */
  @Given("a topic with {int} large messages by {word}")
  public void largeMessages(int count, String handle) {
    var size = Math.min(LARGE, world.capabilities().contentLimit().size());
    for (var n = 1; n <= world.atMost(count); n++) {
      conversation.say(handle, (n + " ").repeat(size).substring(0, size - 1) + ".");
    }
    world.settle();
  }

  /** A topic that nobody ever posted to. */
  @Given("a topic that was never posted to")
  public void neverPostedTo() {
    quiet = Optional.of(world.topic("never-posted-to"));
  }

  /** Chains forward from the first message. */
  @Then("pages of {int} after the first message chain to all that follow, in order")
  public void chainsForward(int size) {
    var reader = world.participant("reader");
    var first = reader.fetchRecent(world.topic(), Window.oldest(1)).messages().getFirst();
    var read = History.after(reader, world.topic(), first.cursor(), size);
    var posted = conversation.posted();
    assertThat(History.ids(read)).isEqualTo(posted.subList(1, posted.size()));
  }

  /** Chains backward from the last message. */
  @Then("pages of {int} before the last message chain to all that precede, in order")
  public void chainsBackward(int size) {
    var reader = world.participant("reader");
    var last = reader.fetchRecent(world.topic(), Window.latest(1)).messages().getFirst();
    var read = History.before(reader, world.topic(), last.cursor(), size);
    var posted = conversation.posted();
    assertThat(History.ids(read)).isEqualTo(posted.subList(0, posted.size() - 1));
  }

  /** Every single message is a place to start from. */
  @Then("after each message comes the next one, and before it the previous one")
  public void eachMessageIsAPlace() {
    var reader = world.participant("reader");
    var whole = conversation.asReadBy("reader");
    for (var n = 1; n < whole.size(); n++) {
      var next = reader.fetchRecent(world.topic(), Window.after(whole.get(n - 1).cursor(), 1));
      var previous = reader.fetchRecent(world.topic(), Window.before(whole.get(n).cursor(), 1));
      assertThat(History.ids(next.messages())).containsExactly(whole.get(n).id());
      assertThat(History.ids(previous.messages())).containsExactly(whole.get(n - 1).id());
      assertThat(previous.more()).isEqualTo(n > 1);
    }
  }

  /** Nothing comes after the tail, however often it is asked. */
  @Then("after the newest message there is nothing, however often it is asked")
  public void nothingAfterNewest() {
    staysEmptyUntilPosted(world.topic(), History.tail(world.participant("reader"), world.topic()));
  }

  /** A topic without messages is quiet from every side. */
  @Then("every page of it is empty, and its place can be used once somebody posts")
  public void quietFromEverySide() {
    var reader = world.participant("reader");
    var topic = quiet.orElseThrow();
    assertThatEmpty(reader.fetchRecent(topic, Window.oldest(10)));
    var latest = reader.fetchRecent(topic, Window.latest(10));
    assertThatEmpty(latest);
    assertThatEmpty(reader.fetchRecent(topic, Window.before(latest.next(), 10)));
    staysEmptyUntilPosted(topic, latest.next());
  }

  /** The newest few. */
  @Then("the latest {int} are the newest {int}, in order, with {word} to come")
  public void latest(int asked, int given, String more) {
    var page = world.participant("reader").fetchRecent(world.topic(), Window.latest(asked));
    var posted = conversation.posted();
    assertThat(History.ids(page.messages()))
        .isEqualTo(posted.subList(posted.size() - given, posted.size()));
    assertThat(page.more()).isEqualTo(more.equals("more"));
    assertThat(page.gap()).isFalse();
  }

  private void staysEmptyUntilPosted(TopicName topic, Cursor tail) {
    var reader = world.participant("reader");
    var page = reader.fetchRecent(topic, Window.after(tail, 10));
    assertThatEmpty(page);
    assertThatEmpty(reader.fetchRecent(topic, Window.after(page.next(), 10)));
    assertThatEmpty(reader.fetchRecent(topic, Window.after(tail, 10)));
    var id = world.participant("alice").post(Draft.of(topic, "first after the quiet"));
    world.settle();
    for (var place : new Cursor[] {tail, page.next()}) {
      var next = reader.fetchRecent(topic, Window.after(place, 10));
      assertThat(History.ids(next.messages())).containsExactly(id);
      assertThat(next.gap()).isFalse();
    }
  }

  private static void assertThatEmpty(Page page) {
    assertThat(page.messages()).isEmpty();
    assertThat(page.more()).isFalse();
    assertThat(page.gap()).isFalse();
  }
}
