package dev.parley.adapters.inbound.cli;

import dev.parley.domain.message.Message;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints messages for a person, or as lines of JSON, until nobody reads any more. */
final class MessageOutput {

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
                Terminal.clean(message.topic().value()),
                styled(Style.bold, Terminal.clean(message.sender().handle())),
                styled(Style.faint, Terminal.clean("#" + message.id() + marks)));
    return head + "\n" + indented(message.content());
  }

  private String styled(Style style, String text) {
    return ansi.enabled() ? style.on() + text + style.off() : text;
  }

  private static String indented(String content) {
    return "  " + Terminal.clean(content.replace("\r\n", "\n")).replace("\n", "\n  ");
  }
}
