package dev.parley.adapters.inbound.cli;

import dev.parley.domain.message.Message;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints messages for a person, or as lines of JSON, until nobody reads any more. */
final class MessageOutput {

  /** What could steer a terminal: foreign text must not. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]");

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  private final boolean json;
  private final Ansi ansi;

  MessageOutput(boolean json) {
    this.json = json;
    this.ansi = Colours.ansi();
  }

  /** Whether somebody still reads; a closed pipe is noticed by writing to it. */
  boolean isOpen() {
    return !out.checkError();
  }

  void print(Message message) {
    out.println(json ? JsonLines.of(message) : plain(message));
    out.flush();
  }

  /** Something a person should know that is no message. */
  void note(String sentence) {
    System.err.println("parley: " + sentence);
  }

  private String plain(Message message) {
    var marks = new StringBuilder();
    if (message.parent() != null) {
      marks.append(" > ").append(message.parent());
    }
    if (message.edited()) {
      marks.append(" (edited)");
    }
    var head =
        "%s [%s] %s %s"
            .formatted(
                styled(Style.faint, message.timestamp().toString()),
                clean(message.topic().value()),
                styled(Style.bold, clean(message.sender().handle())),
                styled(Style.faint, clean("#" + message.id() + marks)));
    return head + "\n" + indented(message.content());
  }

  private String styled(Style style, String text) {
    return ansi.enabled() ? style.on() + text + style.off() : text;
  }

  private static String indented(String content) {
    return "  " + clean(content.replace("\r\n", "\n")).replace("\n", "\n  ");
  }

  private static String clean(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }
}
