package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ShowHandOffs;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists hand-offs, a line each. */
@Command(
    description = "List the open hand-offs, those changed last first.",
    mixinStandardHelpOptions = true)
final class ListHandOffsCommand implements Callable<Integer> {

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only in this topic; default: in every subscribed one.")
  @Nullable String topic;

  @ArgGroup @Nullable Which which;

  @Option(names = "--mine", description = "Only what you offered, what is for you, what you took.")
  boolean mine;

  /** Which of them; one of the two. */
  static final class Which {

    @Option(names = "--all", description = "Also those that are done, declined or cancelled.")
    boolean all;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        completionCandidates = StateWords.class,
        description = "Only in this state: ${COMPLETION-CANDIDATES}.")
    HandOffState.@Nullable Kind state;

    Set<HandOffState.Kind> states() {
      return state == null ? Set.of() : Set.of(state);
    }
  }

  /** The states as people write them. */
  static final class StateWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(HandOffState.Kind.values()).map(HandOffState.Kind::word).iterator();
    }
  }

  ListHandOffsCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused {
    var states =
        which == null
            ? EnumSet.of(HandOffState.Kind.OFFERED, HandOffState.Kind.CLAIMED)
            : which.states();
    var where = topic == null ? null : new TopicName(topic);
    var output = new HandOffOutput(options.json);
    try (var seat = options.take(seats)) {
      var listing = seat.handOffs().list(new ShowHandOffs.Query(where, states, mine));
      listing.handOffs().forEach(output::line);
      listing.notes().forEach(output::note);
    }
    return 0;
  }
}
