package dev.parley.adapters.outbound.state;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.participant.InstanceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process on the same state folder. */
final class ChildProcess {

  private ChildProcess() {}

  /** {@code count FOLDER STEPS} or {@code claim FOLDER INSTANCE}. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "count" -> count(new FileReadingPositions(folder), Integer.parseInt(arguments[2]));
      case "claim" -> holdClaim(new FileInstanceClaims(folder), arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void count(FileReadingPositions positions, int steps) {
    var id = FileReadingPositionsTest.id("counter");
    for (var done = 0; done < steps; ) {
      var from = positions.find(id).cursor();
      var to = from == null ? 1 : Integer.parseInt(from.value()) + 1;
      if (positions.advance(id, from, new Cursor(Integer.toString(to)))) {
        done++;
      }
    }
  }

  private static void holdClaim(FileInstanceClaims claims, String instance) throws IOException {
    try (var claim = claims.claim(new InstanceId(instance))) {
      System.out.println(claim.id());
      System.in.read();
    }
  }

  static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
