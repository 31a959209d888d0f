package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOffId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Acts on one hand-off: {@code claim}, {@code done} and so on. */
@Command(mixinStandardHelpOptions = true)
final class ActCommand implements Callable<Integer> {

  private final Seats seats;
  private final BiFunction<HandOffId, String, Act> act;

  @Mixin SeatOptions options = new SeatOptions();
  @Mixin HandOffChoice choice = new HandOffChoice();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NOTE",
      description = "What to say about it, for everyone to read.")
  List<String> words = List.of();

  ActCommand(Seats seats, BiFunction<HandOffId, String, Act> act) {
    this.seats = seats;
    this.act = act;
  }

  @Override
  public Integer call() throws SeatRefused, HandOffUnknown, InterruptedException {
    var performed = act.apply(choice.id(), String.join(" ", words));
    try (var seat = options.take(seats)) {
      var topic = choice.topic(seat.handOffs());
      return new HandOffOutput(options.json).outcome(seat.handOffWork().perform(topic, performed));
    }
  }
}
