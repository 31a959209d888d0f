package dev.parley.adapters.inbound.cli;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
  public Integer call() throws SeatRefused, IOException {
    var draft = Draft.of(new TopicName(topic), content());
    if (parent != null) {
      draft = draft.inReplyTo(new MessageId(parent));
    }
    try (var seat = options.take(seats)) {
      var id = seat.posting().post(draft);
      System.out.println(options.json ? JsonLines.posted(id) : id);
    }
    return 0;
  }

  private String content() throws IOException {
    if (!words.isEmpty() && !words.equals(List.of("-"))) {
      return String.join(" ", words);
    }
    var bytes = System.in.readAllBytes();
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // A shell's echo and here-documents end the text with a line end that nobody meant to post.
      return text.replaceFirst("\\R\\z", "");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "standard input is not UTF-8 text; convert it before posting", e);
    }
  }
}
