package dev.parley.bootstrap.meeting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very Parley is started as another process. */
public final class Launcher {

  private Launcher() {}

  /** The command that runs {@code parley ARGUMENTS...}. */
  public static List<String> command(List<String> arguments) {
    var command = new ArrayList<String>();
    var launcher = System.getProperty("parley.launcher");
    if (launcher != null) {
      command.add(launcher);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              "dev.parley.bootstrap.Main"));
    }
    command.addAll(arguments);
    return command;
  }
}
