package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Outage;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** S16: the server goes away and comes back while everybody is at work. */
public final class OutageSteps {

  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final Duration TO_WORK = Duration.ofSeconds(30);
  private static final Duration AROUND = Duration.ofMillis(150);

  private final World world;
  private final RecordingFeed late = new RecordingFeed();
  private Optional<Crowd> crowd = Optional.empty();

  /** Everybody at work, each on a connection of its own. */
  private record Crowd(
      Backend idle, Posting posting, Paging paging, LiveReader waiting, LiveReader following) {}

  /** The steps of one scenario. */
  public OutageSteps(World world) {
    this.world = world;
  }

  /** One participant for each moment in which an outage can strike. */
  @Given(
      "one who is idle, one who posts, one who pages, one who waits and one who follows live, all"
          + " at work")
  public void everybodyAtWork() {
    var idle = world.participant("idle");
    var _ = idle.fetchRecent(world.topic(), Window.latest(1));
    var pause = Duration.ofMillis(10);
    var posting = new Posting(world.participant("poster"), world.topic(), pause);
    var paging = new Paging(world.participant("pager"), world.topic(), pause);
    var waiting = new LiveReader(world.participant("waiter"), quiet());
    var following = new LiveReader(world.participant("follower"), world.topic());
    List.of(waiting, following, posting, paging).forEach(world::closeAtEnd);
    posting.start();
    paging.start();
    crowd = Optional.of(new Crowd(idle, posting, paging, waiting, following));
    var probe = "at work";
    var _ = idle.post(Draft.of(quiet(), probe));
    Awaitility.await("everybody at work")
        .atMost(TO_WORK)
        .until(() ->
            hasRead(waiting, probe) && !following.read().isEmpty() && !paging.read().isEmpty());
  }

  /** The outage, with work before, during and after it. */
  @When("the server is {word} for a while")
  public void outage(String how) {
    LockSupport.parkNanos(AROUND.toNanos());
    suffer(kind(how), () -> {});
  }

  private static Outage.Kind kind(String how) {
    return Outage.Kind.valueOf(how.toUpperCase(Locale.ROOT));
  }

  private void suffer(Outage.Kind kind, Runnable meanwhile) {
    var outage = world.underTest().outage(kind, world.store());
    if (outage.isEmpty()) {
      world.absent("a server that is " + kind.name().toLowerCase(Locale.ROOT));
      meanwhile.run();
      return;
    }
    outage.get().strike();
    try {
      meanwhile.run();
      LockSupport.parkNanos(outage.get().length().toNanos());
    } finally {
      outage.get().heal();
    }
  }

  /** A live path that has to begin while nobody is there. */
  @When("the server is {word} for a while, and bob begins to follow meanwhile")
  public void beginsToFollow(String how) {
    var bob = world.participant("bob");
    suffer(kind(how), () -> world.closeAtEnd(bob.subscribe(world.topic(), late)));
  }

  /** It came up, though it had not been up before. */
  @Then("within 5 seconds bob follows live, and was told of being behind")
  public void followsLive() {
    soon("behind after " + late.interruptions()).until(() -> late.behinds() > 0);
    var newcomer = world.participant("newcomer");
    var behinds = late.behinds();
    soon("a post").until(() -> posts(newcomer, Draft.of(world.topic(), "the server is back")));
    soon("a message, or being behind again")
        .until(() -> late.contents().contains("the server is back") || late.behinds() > behinds);
  }

  /** Everybody works again soon. */
  @Then("within 5 seconds everybody is served again, live too, and was told of being behind")
  public void servedAgain() {
    var all = crowd.orElseThrow();
    soon("a page for the idle one").until(() -> answers(all.idle()));
    var probe = "the server is back";
    soon("a post of the idle one").until(() -> posts(all.idle(), Draft.of(quiet(), probe)));
    soon("a message for the waiting one").untilAsserted(() -> assertHasRead(all.waiting(), probe));
    soon("a post in the busy topic").until(() -> posts(all.idle(), Draft.of(world.topic(), probe)));
    soon("a message for the following one")
        .untilAsserted(() -> assertHasRead(all.following(), probe));
    for (var reader : List.of(all.waiting(), all.following())) {
      soon("behind after interrupted: " + reader.signals())
          .until(() ->
              reader.signals().isEmpty() || !reader.signals().getLast().equals("interrupted"));
    }
  }

  /** Nobody hung. */
  @Then("every post and every page was answered in time")
  public void answeredInTime() {
    var all = crowd.orElseThrow();
    all.posting().stop();
    all.paging().stop();
    var limit = world.config().requestTimeout().plus(SLACK);
    assertThat(all.posting().slowest()).as("slowest post").isLessThan(limit);
    assertThat(all.paging().slowest()).as("slowest page").isLessThan(limit);
    assertThat(all.posting().stored()).as("posts that were stored").isNotEmpty();
  }

  /** What was said about each post is true. */
  @Then(
      "every post that returned is stored once, every refused one is not, an unknown one at most"
          + " once")
  public void whatWasSaidIsTrue() {
    var posting = crowd.orElseThrow().posting();
    world.settle();
    var history = History.whole(world.participant("warden"), world.topic());
    var contents = History.contents(history);
    assertThat(contents).doesNotHaveDuplicates();
    var ids = History.ids(history);
    posting.stored().values().stream()
        .flatMap(Optional::stream)
        .forEach(id -> assertThat(ids).containsOnlyOnce(id));
    posting
        .refused()
        .keySet()
        .forEach(draft -> assertThat(contents).doesNotContain(draft.content()));
    world.log(
        "%d posts stored, %d refused, %d of unknown outcome"
            .formatted(posting.stored().size(), posting.refused().size(), unknown(posting).size()));
  }

  /** Readers on both paths have the history. */
  @Then("no message is lost or doubled for the one who pages and the one who follows live")
  public void nothingLostForReaders() {
    var all = crowd.orElseThrow();
    var history = History.ids(History.whole(world.participant("warden"), world.topic()));
    soon("everything for the following one")
        .untilAsserted(() ->
            assertThat(History.ids(all.following().read()))
                .as("read live, told %s", all.following().signals())
                .isEqualTo(history));
    var paged = all.paging();
    while (paged.read().size() < history.size()) {
      var size = paged.read().size();
      paged.step();
      assertThat(paged.read().size()).as("messages paged after %d", size).isGreaterThan(size);
    }
    assertThat(History.ids(paged.read())).isEqualTo(history);
  }

  /** Repeating a post under its key does no harm. */
  @Then("a post repeated under its key is stored once, where that is declared")
  public void repeatable() {
    if (!world.capabilities().idempotentPost()) {
      world.absent("repeating a post under its key");
      return;
    }
    var poster = world.participant("poster");
    var drafts = crowd.map(all -> unknown(all.posting())).orElse(List.of());
    drafts.forEach(poster::post);
    var again = Draft.of(world.topic(), "once").under(new IdempotencyKey("the-same"));
    var ids = List.of(poster.post(again), poster.post(again));
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    world.settle();
    var contents = History.contents(History.whole(world.participant("warden"), world.topic()));
    assertThat(contents).doesNotHaveDuplicates().contains("once");
    assertThat(contents).containsAll(drafts.stream().map(Draft::content).toList());
  }

  private TopicName quiet() {
    return world.topic("quiet");
  }

  private static List<Draft> unknown(Posting posting) {
    return posting.stored().entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ConditionFactory soon(String what) {
    return Awaitility.await(what).atMost(RECOVERY).pollInterval(Duration.ofMillis(10));
  }

  private static boolean hasRead(LiveReader reader, String content) {
    return History.contents(reader.read()).contains(content);
  }

  private static void assertHasRead(LiveReader reader, String content) {
    assertThat(History.contents(reader.read()))
        .as("read live, told %s, now %s", reader.signals(), reader.doing())
        .contains(content);
  }

  private boolean answers(Backend backend) {
    try {
      var _ = backend.fetchRecent(world.topic(), Window.latest(1));
      return true;
    } catch (BackendException.Unavailable | BackendException.RateLimited e) {
      return false;
    }
  }

  private static boolean posts(Backend backend, Draft draft) {
    try {
      var _ = backend.post(draft);
      return true;
    } catch (BackendException.Unavailable | BackendException.RateLimited e) {
      return false;
    }
  }
}
