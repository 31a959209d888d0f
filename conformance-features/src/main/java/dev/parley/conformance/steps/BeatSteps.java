package dev.parley.conformance.steps;

import dev.parley.conformance.reading.History;
import dev.parley.domain.message.Draft;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.topic.TopicName;
import io.cucumber.java.en.When;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** U01: what other bridges, and strangers, write on the presence topic. */
public final class BeatSteps {

  private final World world;
  private final Sessions sessions;
  private final Clock clock = Clock.systemUTC();

  /** The steps of one scenario. */
  public BeatSteps(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  /** Says hello as a process of its own. */
  @When("{word} says hello on {word}")
  public void saysHello(String handle, String topic) {
    saysHelloBy(handle, topic, Duration.ZERO);
  }

  /** Says hello, and never again. */
  @When("{word} says hello on {word}, and then nothing more")
  public void saysHelloOnly(String handle, String topic) {
    saysHello(handle, topic);
  }

  /** Says hello with the time of a clock that is fast or slow. */
  @When("{word} says hello on {word} by a clock that is {int} minutes {word}")
  public void saysHelloByClock(String handle, String topic, int minutes, String direction) {
    var off = Duration.ofMinutes(minutes);
    saysHelloBy(handle, topic, direction.equals("ahead") ? off : off.negated());
  }

  private void saysHelloBy(String handle, String topic, Duration off) {
    post(handle, beat(Kind.HELLO, "process of " + handle, off, List.of(topic), List.of()));
  }

  /** Says goodbye. */
  @When("{word} says goodbye on {word}")
  public void saysGoodbye(String handle, String topic) {
    post(
        handle,
        beat(Kind.GOODBYE, "process of " + handle, Duration.ZERO, List.of(topic), List.of()));
  }

  /** Short sessions, one after the other. */
  @When("{int} processes of {word} say hello and goodbye")
  public void comeAndGo(int processes, String handle) {
    for (var n = 1; n <= world.atMost(processes); n++) {
      var process = "short session " + n;
      post(handle, beat(Kind.HELLO, process, Duration.ZERO, List.of("planning"), List.of()));
      post(handle, beat(Kind.GOODBYE, process, Duration.ZERO, List.of(), List.of()));
    }
  }

  /** One process that does not stop. */
  @When("one process of {word} beats {int} times")
  public void beats(String handle, int times) {
    for (var n = 1; n <= world.atMost(times); n++) {
      post(handle, beat(Kind.HEARTBEAT, "restless", Duration.ZERO, List.of("planning"), List.of()));
    }
  }

  /** Everything a reader of beats might stumble over, as far as the backend takes it. */
  @When("{word} says every kind of nonsense about presence")
  public void saysNonsense(String handle) {
    nonsense().filter(this::fits).forEach(content -> post(handle, content));
  }

  private boolean fits(String content) {
    var limit = world.capabilities().contentLimit();
    return limit.sizeOf(content) <= limit.size();
  }

  private Stream<String> nonsense() {
    var now = "\"at\":" + clock.millis();
    var hello = "\"kind\":\"hello\",\"topics\":[\"planning\"]";
    return Stream.of(
        "hello, is anybody here?",
        "{",
        "[]",
        "{}",
        "{\"v\":1,%s,%s}".formatted(hello, now),
        "{\"v\":3,%s,%s}".formatted(hello, now),
        "{\"v\":\"2\",%s,%s}".formatted(hello, now),
        "{\"v\":2,%s}".formatted(hello),
        "{\"v\":2,%s,\"at\":\"now\"}".formatted(hello),
        "{\"v\":2,%s,\"at\":1e400}".formatted(hello),
        "{\"v\":2,%s,\"at\":9223372036854775807}".formatted(hello),
        "{\"v\":2,%s,\"at\":%s}".formatted(hello, "9".repeat(900)),
        "{\"v\":2,\"kind\":\"HELLO\",%s}".formatted(now),
        "{\"v\":2,\"kind\":null,%s}".formatted(now),
        "{\"v\":2,%s,%s,\"topics\":\"planning\"}".formatted(hello, now),
        "{\"v\":2,%s,%s,\"topics\":[{\"name\":\"planning\"}]}".formatted(hello, now),
        "{\"v\":2,%s,%s,\"postTopics\":7}".formatted(hello, now),
        "{\"v\":2,%s,%s,\"instanceId\":%s}".formatted(hello, now, "[]"),
        "{\"v\":2,%s,%s,\"instanceId\":\"%s\"}".formatted(hello, now, "x".repeat(129)),
        "{\"v\":2,%s,%s,\"push\":\"yes\"}".formatted(hello, now),
        "{\"v\":2,%s,%s} and more".formatted(hello, now),
        "{\"v\":2,%s,%s,\"x\":%s}".formatted(hello, now, "[".repeat(500) + "]".repeat(500)),
        "{\"v\":2,%s,%s,\"x\":%s".formatted(hello, now, "{\"y\":".repeat(500)));
  }

  /** Takes the processes of others for its own, as they are named in the presence topic. */
  @When("{word} says goodbye for every process that was seen")
  public void saysGoodbyeForAll(String handle) {
    var presence = sessions.presenceTopic();
    History.whole(world.participant(handle), presence).stream()
        .flatMap(message -> Sessions.wire().read(message.content()).stream())
        .map(beat -> beat.process().value())
        .distinct()
        .forEach(process ->
            post(handle, beat(Kind.GOODBYE, process, Duration.ZERO, List.of(), List.of())));
  }

  /** Patterns that take a machine long to compile, as many as are kept and fit into a message. */
  @When("{word} says hello with 64 patterns that are as hard as patterns can be")
  public void saysHardPatterns(String handle) {
    var longest =
        IntStream.iterate(PeerPatterns.MAX, n -> n - 1)
            .mapToObj(BeatSteps::hardPatterns)
            .map(patterns -> beat(Kind.HELLO, "hard", Duration.ZERO, List.of(), patterns))
            .filter(this::fits)
            .findFirst();
    post(handle, longest.orElseThrow());
  }

  private static List<String> hardPatterns(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "((a{19}){19}){2}(x+x+)+y|%d".formatted(n))
        .toList();
  }

  private String beat(
      Kind kind, String process, Duration off, List<String> topics, List<String> patterns) {
    var announcement =
        new Announcement(
            topics.stream().map(TopicName::new).toList(), new PeerPatterns(patterns), false, false);
    return Sessions.wire()
        .write(
            new Beat(kind, new ProcessInstance(process), clock.instant().plus(off), announcement));
  }

  private void post(String handle, String content) {
    world.participant(handle).post(Draft.of(sessions.presenceTopic(), content));
  }
}
