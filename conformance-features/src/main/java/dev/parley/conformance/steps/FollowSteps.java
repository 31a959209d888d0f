package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.PresenceRules;
import dev.parley.application.PushRules;
import dev.parley.application.UseCases;
import dev.parley.conformance.Outage;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.session.KeptInMemory;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Self;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** S08: the application's follower on top of the backend, whatever happens to both. */
public final class FollowSteps {

  /** The system property that replays a run. */
  private static final String SEED = "parley.conformance.seed";

  private final World world;
  private final List<Segment> segments = new ArrayList<>();
  private Random random = new Random();
  private int posts;

  /** The steps of one scenario. */
  public FollowSteps(World world) {
    this.world = world;
  }

  /** Draws the seed, or takes the given one. */
  @Given("chance, with a seed that is printed and can be given")
  public void chance() {
    var seed = Long.getLong(SEED, System.nanoTime());
    world.log("replay with -D%s=%d".formatted(SEED, seed));
    System.out.printf("S08 on %s: -D%s=%d%n", world.underTest().plugin().name(), SEED, seed);
    random = new Random(seed);
  }

  /** A mixture of everything, one thing after the other or at once. */
  @When("posts, restarts of the follower and cut connections are mixed {int} times")
  public void mixed(int times) {
    follow();
    for (var n = 1; n <= times; n++) {
      switch (random.nextInt(6)) {
        case 0 -> restart();
        case 1 -> cutWhilePosting();
        default -> burst(1 + random.nextInt(8));
      }
    }
    burst(3);
  }

  /** What was pushed is what the history has, from the start of each follower on. */
  @Then("what each follower delivered is the history after its start")
  public void deliveredIsHistory() {
    world.settle();
    var history = History.ids(History.whole(world.participant("warden"), world.topic()));
    var last = segments.getLast();
    Awaitility.await("everything delivered")
        .atMost(world.patience().multipliedBy(2))
        .until(() -> last.delivered().contains(history.getLast()));
    for (var segment : segments) {
      segment.following.close();
      var delivered = segment.delivered();
      if (!delivered.isEmpty()) {
        var from = history.indexOf(delivered.getFirst());
        assertThat(delivered).isEqualTo(history.subList(from, from + delivered.size()));
      }
      assertThat(history.subList(segment.notBefore, history.size()))
          .as("delivered before its start")
          .containsAll(delivered);
      assertThat(segment.gaps).as("gaps").isEmpty();
    }
    assertThat(last.delivered()).isEqualTo(history.subList(last.notAfter, history.size()));
  }

  private void follow() {
    var backend = world.participant("follower");
    var segment = new Segment(size());
    segment.following = useCases(backend).follow().follow(List.of(world.topic()), segment);
    try {
      assertThat(segment.following.awaitStarted(world.patience().multipliedBy(2)))
          .as("started")
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    segment.notAfter = size();
    segments.add(world.closeAtEnd(segment));
  }

  private int size() {
    return History.whole(world.participant("warden"), world.topic()).size();
  }

  private void restart() {
    segments.getLast().following.close();
    if (random.nextBoolean()) {
      world.leave("follower");
    }
    follow();
  }

  private void cutWhilePosting() {
    var outage = world.underTest().outage(Outage.Kind.CUT, world.store());
    if (outage.isEmpty()) {
      world.absent("connections that could be cut");
      burst(5);
      return;
    }
    var posting = Thread.startVirtualThread(() -> burst(5));
    outage.get().strike();
    outage.get().heal();
    try {
      posting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void burst(int messages) {
    for (var n = 1; n <= messages; n++) {
      var draft = Draft.of(world.topic(), "post " + ++posts);
      try {
        var _ = world.participant(n % 2 == 0 ? "alice" : "bob").post(draft);
      } catch (BackendException.Unavailable | BackendException.OutcomeUnknown e) {
        // In the midst of a cut; whether it was stored, the history tells.
      }
    }
  }

  private UseCases useCases(Backend backend) {
    var presence = new TopicName("presence");
    var kept = new KeptInMemory();
    return UseCases.over(
        backend,
        world.underTest().plugin().name(),
        new Self(
            new Handle("follower"),
            Sender.Kind.AGENT,
            new InstanceId("follower"),
            world.newFolder("state")),
        new AllowedTopics(List.of(world.topic()), List.of(), presence),
        new PushRules(List.of(new SenderGlob("*")), null, Integer.MAX_VALUE),
        new PresenceRules(false, true, Duration.ofMinutes(10), Duration.ofMinutes(30)),
        Sessions.wire(),
        kept,
        kept,
        kept,
        world.config().requestTimeout());
  }

  /** One life of a follower: what was pushed between its start and its end. */
  private static final class Segment implements Follow.Listener, AutoCloseable {

    private final List<MessageId> pushed = new CopyOnWriteArrayList<>();
    private final List<TopicName> gaps = new CopyOnWriteArrayList<>();
    private final int notBefore;
    private int notAfter;
    private Follow.Following following = new NotFollowing();

    Segment(int notBefore) {
      this.notBefore = notBefore;
    }

    List<MessageId> delivered() {
      return List.copyOf(pushed);
    }

    @Override
    public void message(Follow.Pushed message) {
      pushed.add(message.message().id());
    }

    @Override
    public void heldBack(Map<TopicName, Integer> counts) {
      throw new AssertionError("nothing is held back here: " + counts);
    }

    @Override
    public void gap(TopicName topic) {
      gaps.add(topic);
    }

    @Override
    public void interrupted(TopicName topic, String why) {
      // It comes back by itself.
    }

    @Override
    public void close() {
      following.close();
    }
  }

  private record NotFollowing() implements Follow.Following {
    @Override
    public boolean awaitStarted(Duration atMost) {
      return false;
    }

    @Override
    public void close() {
      // Nothing was begun.
    }
  }
}
