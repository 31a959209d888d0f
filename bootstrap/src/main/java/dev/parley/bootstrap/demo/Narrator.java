package dev.parley.bootstrap.demo;

import dev.parley.adapters.inbound.cli.Colours;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.Style;

/** Tells who did what, one line each. */
final class Narrator {

  private static final Map<String, Style> STYLES =
      Map.of("planner", Style.fg_cyan, "ann", Style.fg_yellow);

  private final boolean coloured = Colours.ansi().enabled();

  void say(String who, String what) {
    System.out.printf("  %s %s%n", name(who), what);
  }

  /** What somebody's terminal shows, to the letter. */
  void show(String who, List<String> screen) {
    screen.forEach(line -> System.out.printf("  %s | %s%n", name(who), line));
  }

  private String name(String who) {
    var name = "%-8s".formatted(who);
    var style = STYLES.getOrDefault(who, Style.fg_magenta);
    return coloured ? style.on() + name + style.off() : name;
  }
}
