package dev.parley.adapters.inbound.cli;

import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints users for a person, one a line in columns, or as lines of JSON. */
final class UserOutput {

  private static final int WIDEST_HANDLE = 32;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  private final boolean json;
  private final Instant now;
  private final Ansi ansi = Colours.ansi();

  UserOutput(boolean json, Instant now) {
    this.json = json;
    this.now = now;
  }

  void print(List<RosterEntry> users) {
    var width =
        users.stream().mapToInt(user -> Math.min(WIDEST_HANDLE, user.handle().length())).max();
    for (var user : users) {
      out.println(json ? JsonLines.of(user) : plain(user, width.orElse(1)));
    }
    out.flush();
  }

  /** Something a person should know that is no user. */
  void note(String sentence) {
    System.err.println("parley: " + sentence);
  }

  private String plain(RosterEntry user, int width) {
    var handle = ("%-" + width + "s").formatted(Terminal.clean(user.handle()));
    var online = "%-7s".formatted(user.online() ? "online" : "offline");
    var where =
        Stream.concat(
                user.topics().stream().map(TopicName::value).sorted(),
                user.postPatterns().expressions().stream().map(pattern -> "(" + pattern + ")"))
            .map(Terminal::clean)
            .collect(Collectors.joining(" "));
    return "%s  %s  %-5s  %-10s  %-9s  %s%s"
        .formatted(
            styled(Style.bold, handle),
            styled(user.online() ? Style.fg_green : Style.faint, online),
            user.reach().name().toLowerCase(Locale.ROOT),
            user.kind().name().toLowerCase(Locale.ROOT),
            ago(Duration.between(user.lastSeen(), now)),
            where,
            user.more() ? " ..." : "");
  }

  /** How long ago, in the largest unit that fits. */
  static String ago(Duration time) {
    if (time.toSeconds() < 1) {
      return "now";
    }
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s ago";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min ago";
    }
    return time.toDays() < 1 ? time.toHours() + " h ago" : time.toDays() + " d ago";
  }

  private String styled(Style style, String text) {
    return ansi.enabled() ? style.on() + text + style.off() : text;
  }
}
