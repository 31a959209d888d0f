package dev.parley.adapters.inbound.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows all of one hand-off. */
@Command(description = "Show all of one hand-off.", mixinStandardHelpOptions = true)
final class ShowHandOffCommand implements Callable<Integer> {

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();
  @Mixin HandOffChoice choice = new HandOffChoice();

  ShowHandOffCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, HandOffUnknown {
    try (var seat = options.take(seats)) {
      new HandOffOutput(options.json).whole(choice.find(seat.handOffs()));
    }
    return 0;
  }
}
