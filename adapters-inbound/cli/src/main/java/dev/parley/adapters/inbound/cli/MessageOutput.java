package dev.parley.adapters.inbound.cli;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Prints messages for a person, or as lines of JSON, until nobody reads any more. */
final class MessageOutput {

  private static final int REMEMBERED = 1_000;
  private static final int QUOTED = 40;

  private final boolean json;
  private final Terminal terminal = new Terminal();

  /** What was printed last, to name what an answer answers. */
  private final SequencedMap<MessageId, String> printed = new LinkedHashMap<>();

  MessageOutput(boolean json) {
    this.json = json;
  }

  /** Whether somebody still reads; a closed pipe is noticed by writing to it. */
  boolean isOpen() {
    return terminal.isOpen();
  }

  void print(Message message) {
    print(message, null);
  }

  /** Prints a message, with what it means for a hand-off if it is an act. */
  void print(Message message, @Nullable HandOffMark mark) {
    terminal.print(json ? JsonLines.of(message, mark) : plain(message, mark));
    if (!json) {
      remember(message);
    }
  }

  /** Something a person should know that is no message. */
  void note(String sentence) {
    terminal.note(sentence);
  }

  private String plain(Message message, @Nullable HandOffMark mark) {
    var marks = new StringBuilder();
    if (message.parent() != null) {
      marks.append(" > ").append(answered(message.parent()));
    }
    if (message.edited()) {
      marks.append(" (edited)");
    }
    var head =
        "%s [%s] %s %s"
            .formatted(
                terminal.faint(message.timestamp().toString()),
                Terminal.clean(message.topic().value()),
                terminal.name(message.sender().handle()),
                terminal.faint(Terminal.clean("#" + message.id() + marks)));
    var state = mark == null ? "" : " " + terminal.bold("[" + mark.text() + "]");
    return head + state + "\n" + Terminal.indented(message.content());
  }

  private String answered(MessageId parent) {
    var known = printed.get(parent);
    return known == null ? parent.value() : parent + " " + known;
  }

  private void remember(Message message) {
    var line = Terminal.line(message.content());
    var end = line.offsetByCodePoints(0, Math.min(QUOTED, line.codePointCount(0, line.length())));
    var cut = end == line.length() ? line : line.substring(0, end) + "...";
    printed.put(message.id(), "%s: %s".formatted(message.sender().handle(), cut));
    if (printed.size() > REMEMBERED) {
      printed.pollFirstEntry();
    }
  }
}
