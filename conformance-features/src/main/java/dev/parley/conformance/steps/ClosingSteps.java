package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Outage;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.ports.outbound.Backend;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** S17: closing leaves nothing behind. */
public final class ClosingSteps {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofMillis(500);

  /** What class loading and logging may open once in a while. */
  private static final int STRAY_FILES = 5;

  private final World world;
  private Optional<State> before = Optional.empty();
  private Optional<Duration> closing = Optional.empty();

  private record State(Path folder, Set<String> threads, long files, long objects) {}

  /** The steps of one scenario. */
  public ClosingSteps(World world) {
    this.world = world;
  }

  /** Rounds that load what is loaded once. */
  @Given("a few rounds of open, use and close to warm up")
  public void warmUp() {
    round();
    round();
    round();
    awaitQuiet();
    var folder = world.newFolder("dumps");
    before = Optional.of(state(folder));
  }

  /** The server may still be tidying up, and would be found with less in the end. */
  private void awaitQuiet() {
    var last = new AtomicLong(-1);
    Awaitility.await("a server that is quiet")
        .atMost(world.patience())
        .pollInterval(Duration.ofMillis(50))
        .during(QUIET)
        .until(() -> {
          var now = world.store().serverObjects();
          return last.getAndSet(now) == now;
        });
  }

  /** The rounds that count. */
  @When("there are {int} more rounds of open, use and close")
  public void moreRounds(int rounds) {
    for (var n = 0; n < rounds; n++) {
      round();
    }
  }

  /** Nothing is left. */
  @Then("no thread, no open file and nothing on the server has been left behind")
  public void nothingLeft() {
    var was = before.orElseThrow();
    Awaitility.await("what is left of 50 rounds")
        .atMost(world.patience())
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          var is = state(was.folder());
          var threads = new HashSet<>(is.threads());
          threads.removeAll(was.threads());
          assertThat(threads).as("threads left behind").isEmpty();
          assertThat(is.files()).as("open files").isLessThanOrEqualTo(was.files() + STRAY_FILES);
          assertThat(is.objects()).as("objects on the server").isEqualTo(was.objects());
        });
  }

  /** Closes what was in use when the server went away. */
  @When("the server is {word}, and a participant in use is closed")
  public void closedDuringOutage(String how) {
    var kind = Outage.Kind.valueOf(how.toUpperCase(Locale.ROOT));
    var outage = world.underTest().outage(kind, world.store());
    var backend = world.open("alice");
    var _ = new LiveReader(backend, world.topic());
    if (outage.isEmpty()) {
      world.absent("a server that is " + how);
      closing = Optional.of(timeToClose(backend));
      return;
    }
    outage.get().strike();
    try {
      closing = Optional.of(timeToClose(backend));
    } finally {
      outage.get().heal();
    }
  }

  /** Closing does not wait for a server that does not answer. */
  @Then("it is closed within 5 seconds")
  public void closedSoon() {
    assertThat(closing.orElseThrow()).isLessThan(SOON);
  }

  private static Duration timeToClose(Backend backend) {
    var begun = System.nanoTime();
    backend.close();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void round() {
    var backend = world.open("alice");
    var reader = new LiveReader(backend, world.topic());
    var id = backend.post(Draft.of(world.topic(), "a round"));
    assertThat(backend.fetchRecent(world.topic(), Window.latest(1)).messages())
        .extracting(message -> message.id())
        .containsExactly(id);
    reader.await(1, world.patience());
    backend.close();
    backend.close();
    reader.close();
  }

  private State state(Path folder) {
    return new State(
        folder,
        Footprint.threads(folder, world.underTest().libraryThreads()),
        Footprint.openFiles(),
        world.store().serverObjects());
  }
}
