package dev.parley.adapters.inbound.cli;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a part of a topic's history. */
@Command(
    description = "Show the history of a topic: its newest messages, or those around a cursor.",
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @ArgGroup @Nullable Place place;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The most messages to show; default: ${DEFAULT-VALUE}.")
  int limit;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
  String topic = "";

  /** Where the part begins or ends; one of the two. */
  static final class Place {

    @Option(
        names = "--since",
        paramLabel = "CURSOR",
        description = "Show what follows the message with this cursor; --json shows cursors.")
    @Nullable String since;

    @Option(
        names = "--before",
        paramLabel = "CURSOR",
        description = "Show what precedes the message with this cursor.")
    @Nullable String before;

    Window window(int limit) {
      return since != null
          ? Window.after(new Cursor(since), limit)
          : Window.before(new Cursor(before == null ? "" : before), limit);
    }
  }

  FetchCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, InterruptedException {
    var name = new TopicName(topic);
    var window = place == null ? Window.latest(limit) : place.window(limit);
    var output = new MessageOutput(options.json);
    try (var seat = options.take(seats)) {
      var page = new History(seat.history()).read(name, window);
      if (page.gap()) {
        output.note("history of '%s' is missing before these messages".formatted(name));
      }
      page.messages().forEach(output::print);
    }
    return 0;
  }
}
