package dev.parley.bootstrap.demo;

import dev.parley.adapters.inbound.cli.Colours;
import picocli.CommandLine.Help.Ansi.Style;

/** Tells who did what, one line each. */
final class Narrator {

  private final boolean coloured = Colours.ansi().enabled();

  void say(String who, String what) {
    var style = who.equals("planner") ? Style.fg_cyan : Style.fg_magenta;
    var name = "%-8s".formatted(who);
    System.out.printf("  %s %s%n", coloured ? style.on() + name + style.off() : name, what);
  }
}
