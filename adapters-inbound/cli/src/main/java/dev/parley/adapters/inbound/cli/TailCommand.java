package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.ShowHandOffs;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the newest messages of some topics, then every new one as it comes. */
@Command(
    description = "Show the newest messages of topics, then follow them live until interrupted.",
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

  private static final int WAITING = 256;
  private static final Duration UNTIL_INTERRUPTED = Duration.ofDays(1000);

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How many messages of the past to begin with, 0 for none; default: ${DEFAULT-VALUE}.")
  int limit;

  @Parameters(
      arity = "0..*",
      paramLabel = "TOPIC",
      description = "The topics; default: every one that is subscribed.")
  List<String> topics = List.of();

  TailCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, InterruptedException {
    var output = new MessageOutput(options.json);
    try (var seat = options.take(seats)) {
      var asked =
          topics.isEmpty()
              ? seat.topics().topics().subscribed()
              : topics.stream().map(TopicName::new).toList();
      checkReadable(seat, asked);
      var arrived = new ArrayBlockingQueue<Follow.Pushed>(WAITING);
      try (var following = seat.following().follow(asked, new Arrivals(arrived, output))) {
        // Follow first, read second: nothing can fall between the past and what comes.
        following.awaitStarted(UNTIL_INTERRUPTED);
        var past = printPast(seat, asked, output);
        while (output.isOpen()) {
          var pushed = arrived.take();
          if (!past.remove(pushed.message().id())) {
            output.print(pushed.message(), HandOffMark.of(pushed.effect()));
          }
        }
      }
    }
    return 0;
  }

  /** Ends the command for what waiting does not help against; a server may come yet. */
  private static void checkReadable(Seat seat, List<TopicName> asked) throws InterruptedException {
    try {
      new History(seat.history()).check(asked);
    } catch (Unavailable | RateLimited notYet) {
      // The listener says so while it waits.
    }
  }

  private Set<MessageId> printPast(Seat seat, List<TopicName> asked, MessageOutput output)
      throws InterruptedException {
    var printed = new HashSet<MessageId>();
    if (limit > 0) {
      for (var topic : asked) {
        var past = new History(seat.history()).read(topic, Window.latest(limit)).messages();
        var handOffs = handOffsOf(topic, past, seat);
        for (var message : past) {
          printed.add(message.id());
          var act = Act.in(message).map(Act::id).map(handOffs::get);
          output.print(message, act.map(HandOffMark::now).orElse(null));
        }
      }
    }
    return printed;
  }

  /** How the hand-offs stand that some messages are about. */
  private static Map<HandOffId, HandOff> handOffsOf(
      TopicName topic, List<Message> past, Seat seat) {
    var standing = new HashMap<HandOffId, HandOff>();
    if (past.stream().anyMatch(message -> Act.in(message).isPresent())) {
      var query = new ShowHandOffs.Query(topic, Set.of(), false);
      seat.handOffs().list(query).handOffs().forEach(one -> standing.put(one.key().id(), one));
    }
    return standing;
  }

  /** Hands over what arrives; a topic waits while the terminal is slow. */
  private record Arrivals(
      BlockingQueue<Follow.Pushed> messages, MessageOutput output, Set<TopicName> down)
      implements Follow.Listener {

    Arrivals(BlockingQueue<Follow.Pushed> messages, MessageOutput output) {
      this(messages, output, ConcurrentHashMap.newKeySet());
    }

    @Override
    public void message(Follow.Pushed pushed) {
      down.remove(pushed.message().topic());
      try {
        messages.put(pushed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void heldBack(Map<TopicName, Integer> counts) {
      counts.forEach((topic, count) ->
          output.note("%d messages of '%s' were not shown".formatted(count, topic)));
    }

    @Override
    public void gap(TopicName topic) {
      output.note("history of '%s' is missing here".formatted(topic));
    }

    @Override
    public void interrupted(TopicName topic, String why) {
      if (down.add(topic)) {
        output.note("'%s' is interrupted and comes back by itself: %s".formatted(topic, why));
      }
    }
  }
}
