package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.process.ParticipantProcess;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.outbound.Capabilities.OrderScope;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** S03, S06 and S15: many write and read at once, and all see the same. */
public final class CrowdSteps {

  private final World world;
  private final List<ParticipantProcess> readers = new ArrayList<>();
  private final List<LiveReader> liveReaders = new ArrayList<>();
  private int expected;
  private List<MessageId> written = List.of();

  /** The steps of one scenario. */
  public CrowdSteps(World world) {
    this.world = world;
  }

  /** Decides how much is written: what the backend declares that it stands, or less. */
  @Given("{int} messages are to be written")
  public void toBeWritten(int messages) {
    expected = world.atMost(messages) / writers() * writers();
  }

  /** A reader in another process that reads page after page. */
  @Given("{word} in another process reads pages of {int} all the while")
  public void readsPages(String handle, int size) {
    var reader = world.process(handle);
    reader.chain(world.topic(), size, expected);
    readers.add(reader);
  }

  /** A reader in another process that reads live. */
  @Given("{word} in another process reads live")
  public void readsLiveElsewhere(String handle) {
    var reader = world.process(handle);
    reader.follow(world.topic());
    readers.add(reader);
  }

  /** A reader in this process that reads live. */
  @Given("{word} reads live")
  public void readsLive(String handle) {
    liveReaders.add(world.closeAtEnd(new LiveReader(world.participant(handle), world.topic())));
  }

  /** Two sessions of one handle, both live. */
  @Given("two sessions of {word} read live")
  public void twoSessionsReadLive(String handle) {
    for (var session = 1; session <= 2; session++) {
      var backend = world.closeAtEnd(world.open(handle));
      liveReaders.add(world.closeAtEnd(new LiveReader(backend, world.topic())));
    }
  }

  /** Writers at the declared load, in processes where the backend allows it. */
  @When("as many writers as the backend allows write them, all at once")
  public void writeAtOnce() {
    written = world.capabilities().concurrentWriters() ? byProcesses() : byThreads();
    world.settle();
  }

  /** Says where the one order ends, when it does not hold everywhere. */
  @Given("the order holds as far as is declared")
  public void orderHolds() {
    var scope = world.capabilities().orderScope();
    if (scope != OrderScope.SERVER) {
      world.absent(
          "one order beyond one " + scope.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  /** Nothing lost, nothing twice, one order. */
  @Then("every reader has read every message once, in the order of the history")
  public void allReadTheSame() {
    var history = History.ids(History.whole(world.participant("warden"), world.topic()));
    assertThat(history).containsExactlyInAnyOrderElementsOf(written);
    for (var reader : readers) {
      reader.awaitRead(expected);
      assertThat(reader.read()).isEqualTo(history);
    }
    for (var reader : liveReaders) {
      reader.await(expected, world.patience().multipliedBy(2));
      assertThat(History.ids(reader.read())).isEqualTo(history);
    }
  }

  private int writers() {
    return world.capabilities().suiteLoad().writers();
  }

  private List<MessageId> byProcesses() {
    var processes =
        IntStream.rangeClosed(1, writers()).mapToObj(n -> world.process("writer" + n)).toList();
    processes.forEach(p -> p.post(world.topic(), "written", expected / writers()));
    processes.forEach(ParticipantProcess::awaitDone);
    return processes.stream().flatMap(p -> p.posted().stream()).toList();
  }

  private List<MessageId> byThreads() {
    world.absent("several writing processes");
    var writer = world.participant("writer1");
    var ids = new ConcurrentLinkedQueue<MessageId>();
    var threads =
        IntStream.rangeClosed(1, writers())
            .mapToObj(n ->
                Thread.startVirtualThread(() -> {
                  for (var i = 1; i <= expected / writers(); i++) {
                    ids.add(writer.post(Draft.of(world.topic(), n + " writes " + i)));
                  }
                }))
            .toList();
    threads.forEach(CrowdSteps::join);
    return List.copyOf(ids);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
