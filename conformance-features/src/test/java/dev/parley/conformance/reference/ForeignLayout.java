package dev.parley.conformance.reference;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import java.util.Optional;

/**
 * Records of other software: {@code message|SENDER|CONTENT}, {@code file|SENDER|NAME|SIZE|URL},
 * {@code join|WHO}. What is none of these cannot be read.
 */
final class ForeignLayout {

  private ForeignLayout() {}

  /** What is to be seen of a record; empty for what is not a message. */
  static Optional<Entry> read(long seq, String topic, String raw) {
    var parts = raw.split("\\|", -1);
    return switch (parts[0] + "/" + parts.length) {
      case "message/3" -> Optional.of(entry(seq, topic, parts[1], parts[2], true));
      case "file/5" ->
          Optional.of(
              entry(
                  seq,
                  topic,
                  parts[1],
                  "[file %s %s %s]".formatted(parts[2], parts[3], parts[4]),
                  true));
      case "join/2" -> Optional.empty();
      default ->
          Optional.of(entry(seq, topic, "unknown", "[unreadable record " + seq + "]", false));
    };
  }

  private static Entry entry(
      long seq, String topic, String sender, String content, boolean readable) {
    return new Entry(
        seq,
        topic,
        sender,
        Sender.Kind.UNVERIFIED,
        "",
        0,
        "",
        content,
        readable ? Message.Condition.ORIGINAL : Message.Condition.UNREADABLE);
  }
}
