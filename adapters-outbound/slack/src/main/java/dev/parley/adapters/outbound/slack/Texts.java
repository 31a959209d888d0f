package dev.parley.adapters.outbound.slack;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Content as Slack's text, and back. */
final class Texts {

  private static final Pattern ANGLED = Pattern.compile("<([^<>\\n]{1,4000})>");

  private Texts() {}

  /** Content with the three characters escaped that Slack reads as markup. */
  static String escaped(String content) {
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** What a text of Slack's says, with handles for members. */
  static String read(String text, UnaryOperator<String> handleOf) {
    var read = new StringBuilder(text.length());
    var angled = ANGLED.matcher(text);
    var done = 0;
    while (angled.find()) {
      read.append(plain(text.substring(done, angled.start())));
      read.append(marked(angled.group(1), handleOf));
      done = angled.end();
    }
    return read.append(plain(text.substring(done))).toString();
  }

  private static String plain(String text) {
    return Emoji.shown(unescaped(text));
  }

  private static String marked(String inside, UnaryOperator<String> handleOf) {
    var bar = inside.indexOf('|');
    var target = bar < 0 ? inside : inside.substring(0, bar);
    var label = bar < 0 ? "" : unescaped(inside.substring(bar + 1));
    if (target.startsWith("@") && target.length() > 1) {
      return "@" + handleOf.apply(target.substring(1));
    }
    if (target.startsWith("#")) {
      return "#" + (label.isEmpty() ? target.substring(1) : label);
    }
    if (target.startsWith("!")) {
      return command(target.substring(1), label);
    }
    var link = unescaped(target);
    return label.isEmpty() || link.equals(label) || link.endsWith("://" + label)
        ? link
        : label.contains("://") || link.startsWith("mailto:")
            ? label
            : "%s (%s)".formatted(label, link);
  }

  private static String command(String command, String label) {
    return switch (command) {
      case "here", "channel", "everyone" -> "@" + command;
      default -> label.isEmpty() ? "@" + command : label;
    };
  }

  /**
   * Whether content comes back exactly from what Slack makes of its text, as far as that is known.
   */
  static boolean survives(String content, String text, UnaryOperator<String> handleOf) {
    return read(Emoji.named(text).strip(), handleOf).equals(content) && content.indexOf('\r') < 0;
  }
}
