package dev.parley.bootstrap.training;

import dev.parley.bootstrap.meeting.Agent;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.Venue;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One training. What the trainee loads is there at once in the sessions that start from its cache,
 * and what it compiled is compiled again after a few calls. So the trainee does again and again
 * what sessions do: it posts, reads, waits for messages and is pushed what its peer says.
 */
final class Lesson {

  private static final int ROUNDS = 30;
  private static final int LONGEST_WAIT_MS = 30_000;

  /** The trainee makes its cache when it ends. */
  private static final Duration TO_END = Duration.ofMinutes(2);

  private final Venue venue;
  private final Path errors;

  /**
   * A training at a venue.
   *
   * @param errors where the sessions' standard error goes
   */
  Lesson(Venue venue, Path errors) {
    this.venue = venue;
    this.errors = errors;
  }

  /**
   * Records a session into a cache.
   *
   * @throws MeetingFailed when something did not happen, so that there is no cache or a poor one;
   *     what the sessions said is shown by then
   */
  void record(Path cache) throws MeetingFailed, IOException {
    try {
      meet(cache);
    } catch (MeetingFailed e) {
      if (Files.exists(errors)) {
        System.err.print(Files.readString(errors));
      }
      throw e;
    }
  }

  private void meet(Path cache) throws MeetingFailed {
    try (var peer = start("peer", List.of())) {
      peer.post("unread when it starts");
      try (var trainee = start("trainee", List.of("--record", cache.toString()))) {
        trainee.catchUp();
        for (var i = 1; i <= ROUNDS; i++) {
          round(trainee, peer, i);
        }
        lookAround(trainee);
        trainee.leave(TO_END);
      }
      peer.leave();
    }
    if (!Files.isRegularFile(cache)) {
      throw new MeetingFailed("the JVM made none");
    }
  }

  private Agent start(String handle, List<String> leadingArguments) throws MeetingFailed {
    return Agent.start(handle, venue, leadingArguments, Redirect.appendTo(errors.toFile()));
  }

  private void round(Agent trainee, Agent peer, int number) throws MeetingFailed {
    trainee.post("message to @trainee");
    var tail = page(trainee);
    var wait = Map.of("topic", venue.topic(), "since", tail, "block_ms", LONGEST_WAIT_MS);
    var waiting = trainee.begin("parley_fetch_recent", wait);
    var catchingUp = trainee.begin("parley_catch_up", Map.of("block_ms", LONGEST_WAIT_MS));
    // By the time of this answer, both of them wait.
    page(trainee);
    peer.post("hello " + number);
    waiting.result();
    catchingUp.result();
    // What a call has shown is not pushed, so nobody waits now.
    var hello = peer.post("hello @trainee " + number);
    trainee.event("a message to it", event -> event.is(hello));
  }

  private String page(Agent trainee) throws MeetingFailed {
    return trainee
        .tool("parley_fetch_recent", Map.of("topic", venue.topic(), "limit", 5))
        .path("nextCursor")
        .asText();
  }

  /** What clients ask for when they connect, beside the tools; and a mistake. */
  private void lookAround(Agent trainee) throws MeetingFailed {
    for (var method :
        List.of(
            "server/discover",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list")) {
      trainee.ask(method, Map.of());
    }
    trainee.ask("prompts/get", Map.of("name", "catch_up"));
    trainee.ask("resources/read", Map.of("uri", "parley://topics/" + venue.topic()));
    trainee.ask(
        "tools/call",
        Map.of(
            "name", "parley_reply", "arguments", Map.of("topic", "nowhere", "content", "hello")));
  }
}
