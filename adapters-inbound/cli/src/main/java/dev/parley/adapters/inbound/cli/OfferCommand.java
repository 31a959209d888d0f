package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Brief;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Offers work. */
@Command(
    description = "Offer work in a topic; prints what names it from then on.",
    mixinStandardHelpOptions = true)
final class OfferCommand implements Callable<Integer> {

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @Option(
      names = "--to",
      paramLabel = "HANDLE",
      description = "The only one who may claim it; default: anyone.")
  @Nullable String to;

  @Option(names = "--context", paramLabel = "TEXT", description = "What to know for it.")
  String context = "";

  @Option(
      names = "--acceptance",
      paramLabel = "TEXT",
      description = "How to see that it is reached.")
  String acceptance = "";

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to offer it.")
  String topic = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "GOAL",
      description = "What is to be reached; read from standard input when absent or '-'.")
  List<String> words = List.of();

  OfferCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, IOException, InterruptedException {
    var name = new TopicName(topic);
    var brief = new Brief(Words.orStandardInput(words), context, acceptance);
    try (var seat = options.take(seats)) {
      var outcome = seat.handOffWork().offer(name, to == null ? null : handle(to), brief);
      return new HandOffOutput(options.json).outcome(outcome);
    }
  }

  /** A handle as people write it, with or without its at sign. */
  private static Handle handle(String text) {
    return new Handle(text.startsWith("@") ? text.substring(1) : text);
  }
}
