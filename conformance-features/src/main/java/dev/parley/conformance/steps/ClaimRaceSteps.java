package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.process.ParticipantProcess;
import dev.parley.conformance.process.ParticipantProcess.Taken;
import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** U02: many claim at once, and one wins. */
public final class ClaimRaceSteps {

  private final World world;
  private final Sessions sessions;
  private final HandOffSteps handOffs;
  private final Map<String, Taken> taken = new ConcurrentHashMap<>();
  private String raced = "";

  /** The steps of one scenario. */
  public ClaimRaceSteps(World world, Sessions sessions, HandOffSteps handOffs) {
    this.world = world;
    this.sessions = sessions;
    this.handOffs = handOffs;
  }

  /** Agents in processes of their own, all connected before the first one claims. */
  @When("{int} agents in processes of their own claim {word} at once")
  public void claimAtOnce(int agents, String id) throws InterruptedException {
    raced = id;
    var names = IntStream.rangeClosed(1, agents).mapToObj(n -> "coder" + n).toList();
    if (world.capabilities().concurrentWriters()) {
      claimByProcesses(names);
    } else {
      world.absent("several writing processes");
      claimByThreads(names);
    }
  }

  private void claimByProcesses(List<String> names) {
    var processes = new LinkedHashMap<String, ParticipantProcess>();
    for (var name : names) {
      // One after the other, so that starting so many does not pass for a server that is down.
      var process = world.process(name);
      process.chain(world.topic(), 10, 1);
      process.awaitDone();
      processes.put(name, process);
    }
    processes.values().forEach(process -> process.claim(world.topic(), new HandOffId(raced)));
    processes.values().forEach(ParticipantProcess::awaitDone);
    processes.forEach((name, process) -> taken.put(name, process.taken().getFirst()));
  }

  private void claimByThreads(List<String> names) throws InterruptedException {
    var start = new CountDownLatch(1);
    var threads =
        names.stream()
            .map(name -> {
              var can = sessions.begin(sessions.agent(name, world.topic().value()));
              return Thread.startVirtualThread(() -> {
                try {
                  start.await();
                  var claim = new Act.Claim(new HandOffId(raced), "");
                  var outcome = can.handOffWork().perform(world.topic(), claim);
                  taken.put(name, new Taken(outcome.verdict(), outcome.sentence()));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
            })
            .toList();
    start.countDown();
    for (var thread : threads) {
      thread.join();
    }
  }

  /** One winner, whom everybody knows. */
  @Then("one of the {int} has won, {int} are told who, and everybody sees the same")
  public void oneHasWon(int agents, int losers) {
    var winners =
        taken.keySet().stream()
            .filter(name ->
                taken.get(name) instanceof Taken(var verdict, _) && verdict == Verdict.APPLIED)
            .toList();
    assertThat(taken).hasSize(agents);
    assertThat(winners).as("winners of %s", taken).hasSize(1);
    var winner = winners.getFirst();
    assertThat(taken.values())
        .filteredOn(one -> one.verdict() == Verdict.LOST)
        .hasSize(losers)
        .extracting(Taken::sentence)
        .containsOnly("%s is not yours: it is claimed by %s".formatted(raced, winner));
    handOffs.everybodySees(raced, "claimed by " + winner);
  }
}
