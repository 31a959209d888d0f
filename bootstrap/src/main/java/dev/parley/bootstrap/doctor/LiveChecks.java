package dev.parley.bootstrap.doctor;

import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.bootstrap.instance.Instance;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What only a running backend can show: the clocks and the way of a message. */
final class LiveChecks {

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

  private static final int LATEST_BEATS = 200;

  private final ConfigurationFile file;
  private final Backend backend;
  private final List<Finding> findings = new ArrayList<>();

  private LiveChecks(ConfigurationFile file, Backend backend) {
    this.file = file;
    this.backend = backend;
  }

  static List<Finding> of(ConfigurationFile file) throws InterruptedException {
    var handle = new Handle(file.configuration().identity().handle());
    try (var instance = Instance.ofPerson(file, handle)) {
      var checks = new LiveChecks(file, instance.backend());
      checks.clock();
      checks.peers();
      checks.push();
      return checks.findings;
    } catch (BackendException.Misconfigured e) {
      return List.of(Finding.problem("backend", sentence(e), "change backend_config"));
    }
  }

  private void clock() {
    try {
      var now = Instant.now(Clock.systemUTC());
      var ahead =
          file.configuration().topics().stream()
              .map(topic -> backend.fetchRecent(new TopicName(topic), Window.latest(1)))
              .flatMap(page -> page.messages().stream())
              .map(Message::timestamp)
              .map(posted -> Duration.between(now, posted))
              .filter(lead -> lead.compareTo(CLOCK_TOLERANCE) > 0)
              .findFirst();
      findings.add(
          ahead
              .map(lead ->
                  Finding.warning(
                      "clock",
                      "a message is dated %d seconds into the future".formatted(lead.toSeconds()),
                      "set the clock of this machine, or of the one that posted; presence depends"
                          + " on it"))
              .orElse(Finding.ok("clock", "no message is dated into the future")));
    } catch (BackendException e) {
      findings.add(
          Finding.problem("history", sentence(e), "mend the backend, then run this again"));
    }
  }

  /** Whose beats are dated so far ahead that they are not believed, or soon will not be. */
  private void peers() {
    var presence = file.configuration().presence();
    if (!presence.enabled()) {
      return;
    }
    try {
      var now = Instant.now(Clock.systemUTC());
      var wire = new JsonBeats();
      backend
          .fetchRecent(new TopicName(presence.topic()), Window.latest(LATEST_BEATS))
          .messages()
          .stream()
          .filter(message ->
              wire.read(message.content())
                  .filter(beat -> beat.at().isAfter(now.plus(CLOCK_TOLERANCE)))
                  .isPresent())
          .findFirst()
          .ifPresent(message ->
              findings.add(
                  Finding.warning(
                      "presence",
                      "'%s' announces itself by a clock that is more than %d minutes ahead"
                          .formatted(message.sender().handle(), CLOCK_TOLERANCE.toMinutes()),
                      "set its clock, or the one of this machine; from %d minutes on it is not seen"
                          .formatted(Beat.CLOCK_TOLERANCE.toMinutes()))));
    } catch (BackendException e) {
      // What is wrong with the topic, the next check says.
    }
  }

  /** Posts where only Parley's own signals are, so that no topic of the user's is littered. */
  private void push() throws InterruptedException {
    var presence = file.configuration().presence();
    if (!presence.enabled()) {
      findings.add(
          Finding.ok("push", "not tried: presence is off, and your own topics are left alone"));
      return;
    }
    var topic = new TopicName(presence.topic());
    var arrivals = new Arrivals(new LinkedBlockingQueue<>());
    try (var _ = backend.subscribe(topic, arrivals)) {
      var posted = System.nanoTime();
      var id = backend.post(Draft.of(topic, goodbye()));
      var arrived = arrivals.await(id, backend, topic, file.backendConfig().requestTimeout());
      var millis = (System.nanoTime() - posted) / 1_000_000.0;
      findings.add(
          arrived
              ? Finding.ok("push", "a message came back in %.1f ms".formatted(millis))
              : Finding.problem(
                  "push",
                  "a message was stored but not handed over within %d s"
                      .formatted(file.backendConfig().requestTimeout().toSeconds()),
                  "look at the backend's findings above; PARLEY_LOG=debug shows more"));
    } catch (BackendException.NoSuchTopic e) {
      findings.add(
          Finding.warning(
              "push",
              "not tried: " + sentence(e),
              "map the topic '%s', or set presence.enabled to false".formatted(topic)));
    } catch (BackendException e) {
      findings.add(Finding.problem("push", sentence(e), "mend the backend, then run this again"));
    }
  }

  /** The farewell of a process that nobody knows: it changes no one's roster. */
  private static String goodbye() {
    return "{\"v\":2,\"kind\":\"goodbye\",\"at\":%d,\"topics\":[],\"postTopics\":[],\"instanceId\":\"%s\"}"
        .formatted(System.currentTimeMillis(), UUID.randomUUID());
  }

  private static String sentence(BackendException e) {
    return String.valueOf(e.getMessage());
  }

  /** What the feed said: ids, or the empty text for a hint to look into the history. */
  private record Arrivals(BlockingQueue<String> signals) implements Feed {

    boolean await(MessageId id, Backend backend, TopicName topic, Duration atMost)
        throws InterruptedException {
      var deadline = System.nanoTime() + atMost.toNanos();
      while (true) {
        var signal = signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (signal == null) {
          return false;
        }
        if (signal.equals(id.value()) || (signal.isEmpty() && isStored(id, backend, topic))) {
          return true;
        }
      }
    }

    private static boolean isStored(MessageId id, Backend backend, TopicName topic) {
      return backend.fetchRecent(topic, Window.latest(20)).messages().stream()
          .anyMatch(message -> message.id().equals(id));
    }

    @Override
    public void message(Message message) {
      signals.add(message.id().value());
    }

    @Override
    public void behind() {
      signals.add("");
    }

    @Override
    public void interrupted(BackendException why) {
      // What the backend itself says about it is among its findings.
    }
  }
}
