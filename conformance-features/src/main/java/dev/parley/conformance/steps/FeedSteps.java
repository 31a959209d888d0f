package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** S20: what a feed does is nobody else's business. */
public final class FeedSteps {

  private static final Duration SLOW = Duration.ofMillis(2);
  private static final String PROBE = "one more";

  private final World world;
  private final Watched watched = new Watched();
  private Optional<Subscription> subscription = Optional.empty();
  private Optional<LiveReader> sameTopic = Optional.empty();
  private Optional<LiveReader> otherTopic = Optional.empty();
  private int callsAtClose;
  private int behindsBefore;
  private int probes;

  /** A feed that can be slow, blocked or broken, and that counts its calls. */
  private static final class Watched implements Feed {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicInteger behinds = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Runnable manner = () -> {};

    @Override
    public void message(Message message) {
      messages.incrementAndGet();
      if (!message.content().equals(PROBE)) {
        posted.incrementAndGet();
      }
      called();
    }

    @Override
    public void behind() {
      behinds.incrementAndGet();
      called();
    }

    @Override
    public void interrupted(BackendException why) {
      called();
    }

    private void called() {
      calls.incrementAndGet();
      if (!busy.compareAndSet(false, true)) {
        overlaps.incrementAndGet();
      }
      try {
        manner.run();
      } finally {
        busy.set(false);
      }
    }

    private void block() {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The steps of one scenario. */
  public FeedSteps(World world) {
    this.world = world;
  }

  /** A feed that never returns. */
  @Given("a feed of bob that blocks")
  public void blockingFeed() {
    world.closeAtEnd(watched.released::countDown);
    subscribe();
    watched.manner = watched::block;
  }

  /** A feed that throws at every call. */
  @Given("a feed of bob that throws")
  public void throwingFeed() {
    watched.manner =
        () -> {
          throw new IllegalStateException("this feed always throws");
        };
    subscribe();
  }

  /** A feed that takes its time. */
  @Given("a feed of bob that is slow")
  public void slowFeed() {
    watched.manner = () -> LockSupport.parkNanos(SLOW.toNanos());
    subscribe();
  }

  /** Readers beside it, on the same connection. */
  @Given("bob reads live in the same topic and in another one as well")
  public void readsBesides() {
    var bob = world.participant("bob");
    sameTopic = Optional.of(world.closeAtEnd(new LiveReader(bob, world.topic())));
    otherTopic = Optional.of(world.closeAtEnd(new LiveReader(bob, other())));
  }

  /** Messages in both topics, by several at once. */
  @When("{int} messages are posted in each of the two topics")
  public void postedInEach(int count) {
    List.of("alice", "carol").forEach(world::participant);
    var threads =
        IntStream.range(0, 4)
            .mapToObj(n ->
                Thread.startVirtualThread(
                    () -> postAll(n % 2 == 0 ? "alice" : "carol", n < 2, count / 2)))
            .toList();
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    world.settle();
  }

  /** Ends the subscription. */
  @When("the feed is closed, twice")
  public void closed() {
    subscription.orElseThrow().close();
    callsAtClose = watched.calls.get();
    subscription.orElseThrow().close();
  }

  /** Everybody else got everything. */
  @Then("both readers have read all {int}, and bob can post and fetch")
  public void othersHaveReadAll(int count) {
    for (var reader : List.of(sameTopic.orElseThrow(), otherTopic.orElseThrow())) {
      reader.await(count, world.patience());
      assertThat(reader.read()).hasSize(count).doesNotHaveDuplicates();
    }
    var _ = world.participant("bob").post(Draft.of(other(), "still here"));
  }

  /** It is kept, and called again. */
  @Then("the feed that throws is still called when one more message is posted")
  public void stillCalled() {
    var calls = watched.calls.get();
    var _ = postsOne();
    awaitUntil("one more call", () -> watched.calls.get() > calls);
  }

  /** One call at a time. */
  @Then("no two of its calls overlapped, and it has had all {int} messages, or been behind")
  public void neverOverlapped(int count) {
    awaitUntil(
        "messages of the slow feed",
        () -> watched.posted.get() >= count || watched.behinds.get() > behindsBefore);
    assertThat(watched.overlaps.get()).as("overlapping calls").isZero();
  }

  /** Not one call more. */
  @Then("the closed feed was not called again, though both readers have read all {int}")
  public void notCalledAgain(int count) {
    othersHaveReadAll(count);
    assertThat(watched.calls.get()).isEqualTo(callsAtClose);
  }

  private TopicName other() {
    return world.topic("elsewhere");
  }

  /** Subscribes, and waits until a message has come by the feed itself, and no other will. */
  private void subscribe() {
    var bob = world.participant("bob");
    subscription = Optional.of(world.closeAtEnd(bob.subscribe(world.topic(), watched)));
    awaitUntil("the feed's first message", () -> watched.messages.get() > 0 || postsOne());
    // Several may have been posted before the first came; whoever reads from now on sees none.
    awaitUntil(
        "what was posted until then in bob's history",
        () -> {
          var history = History.contents(History.whole(bob, world.topic()));
          return Collections.frequency(history, PROBE) == probes;
        });
    behindsBefore = watched.behinds.get();
  }

  private void awaitUntil(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(world.patience())
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  private boolean postsOne() {
    var _ = world.participant("alice").post(Draft.of(world.topic(), PROBE));
    probes++;
    return false;
  }

  private void postAll(String handle, boolean here, int count) {
    var poster = world.participant(handle);
    for (var n = 1; n <= count; n++) {
      var _ = poster.post(Draft.of(here ? world.topic() : other(), handle + " says " + n));
    }
  }
}
