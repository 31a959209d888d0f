package dev.parley.adapters.inbound.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Standard output in UTF-8 and, on a terminal, in colours; foreign text cannot steer it. */
final class Terminal {

  /** What could steer a terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]");

  private static final List<Style> NAMES =
      List.of(
          Style.fg_cyan,
          Style.fg_green,
          Style.fg_yellow,
          Style.fg_magenta,
          Style.fg_blue,
          Style.fg_red);

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  private final Ansi ansi;

  Terminal() {
    this(Colours.ansi());
  }

  Terminal(Ansi ansi) {
    this.ansi = ansi;
  }

  /** Whether somebody still reads; a closed pipe is noticed by writing to it. */
  boolean isOpen() {
    return !out.checkError();
  }

  void print(String text) {
    out.println(text);
    out.flush();
  }

  /** Something a person should know that is no output. */
  void note(String sentence) {
    System.err.println("parley: " + sentence);
  }

  String faint(String text) {
    return styled(text, Style.faint);
  }

  String bold(String text) {
    return styled(text, Style.bold);
  }

  /** The name of a participant, always in the same colour. */
  String name(String handle) {
    var colour = Math.floorMod(handle.toLowerCase(Locale.ROOT).hashCode(), NAMES.size());
    return styled(clean(handle), Style.bold, NAMES.get(colour));
  }

  private String styled(String text, Style... styles) {
    return ansi.enabled() ? Style.on(styles) + text + Style.off(styles) : text;
  }

  /** The text without what could steer a terminal. */
  static String clean(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }

  /** The text on one line. */
  static String line(String text) {
    return clean(text.replaceAll("\\s+", " ").strip());
  }

  /** The text below something else. */
  static String indented(String text) {
    return "  " + clean(text.replace("\r\n", "\n")).replace("\n", "\n  ");
  }
}
