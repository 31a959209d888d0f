package dev.parley.adapters.inbound.cli;

import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ListUsers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows who is there; does not announce the person who asks. */
@Command(
    description = "Show who is there: agents that are online or were, and people who posted.",
    mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @Option(
      names = "--filter",
      paramLabel = "GLOB",
      description = "Only handles that match: * for any characters, ? for one.")
  @Nullable String filter;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only those who follow this topic or may post to it.")
  @Nullable String topic;

  @Option(names = "--online", description = "Only those who are online.")
  boolean online;

  @Option(
      names = "--since",
      paramLabel = "MS",
      description = "Only those seen in the last so many milliseconds.")
  @Nullable Long since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most users to show; default: ${DEFAULT-VALUE}.")
  int limit;

  UsersCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, InterruptedException {
    var now = Clock.systemUTC().instant();
    var query = query(now);
    var output = new UserOutput(options.json, now);
    try (var seat = options.take(seats)) {
      var users = seat.users().users(query);
      if (users.entries().isEmpty()) {
        // That nobody is there is only said of topics that can be read.
        new History(seat.history()).check(seat.topics().topics().subscribed());
      }
      output.print(users.entries());
      if (users.truncated()) {
        output.note("there are more users; narrow the list, or raise --limit");
      }
      if (users.caveat() != null) {
        output.note(users.caveat());
      }
    }
    return 0;
  }

  private ListUsers.Query query(Instant now) {
    if (limit < 1) {
      throw new IllegalArgumentException("--limit has to be 1 or more, not " + limit);
    }
    if (since != null && since < 0) {
      throw new IllegalArgumentException("--since has to be 0 or more, not " + since);
    }
    return new ListUsers.Query(
        filter == null ? null : new SenderGlob(filter),
        topic == null ? null : new TopicName(topic),
        online,
        since == null ? null : ListUsers.Query.since(since, now),
        limit,
        PATIENCE);
  }
}
