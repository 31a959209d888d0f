package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Posts one message. */
@Command(description = "Post a message to a topic; prints its id.", mixinStandardHelpOptions = true)
final class PostCommand implements Callable<Integer> {

  private final Seats seats;

  @Mixin SeatOptions options = new SeatOptions();

  @Option(
      names = "--reply-to",
      paramLabel = "ID",
      description = "The id of the message that this one answers.")
  @Nullable String parent;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to post.")
  String topic = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "What to post; read from standard input when absent or '-'.")
  List<String> words = List.of();

  PostCommand(Seats seats) {
    this.seats = seats;
  }

  @Override
  public Integer call() throws SeatRefused, IOException, InterruptedException {
    var draft = Draft.of(new TopicName(topic), Words.orStandardInput(words));
    if (parent != null) {
      draft = draft.inReplyTo(new MessageId(parent));
    }
    try (var seat = options.take(seats)) {
      var id = seat.posting().post(draft);
      var act = Act.in(draft.content());
      if (act.isPresent()) {
        return printOutcome(seat.handOffWork().outcomeOf(draft.topic(), act.get(), id));
      }
      System.out.println(options.json ? JsonLines.posted(id) : id);
    }
    return 0;
  }

  /** A person who types an act wants to know whether it counts; the message is posted anyway. */
  private int printOutcome(Outcome outcome) {
    if (!options.json) {
      System.out.println(outcome.message());
      System.err.println("parley: " + Terminal.clean(outcome.sentence()));
    } else {
      System.out.println(JsonLines.of(outcome));
    }
    return 0;
  }
}
