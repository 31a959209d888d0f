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

  /** {@code count FOLDER STEPS}, {@code claim FOLDER INSTANCE} or {@code authorize FOLDER}. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "count" -> count(new FileReadingPositions(folder), Integer.parseInt(arguments[2]));
      case "claim" -> holdClaim(new FileInstanceClaims(folder), arguments[2]);
      case "authorize" -> authorize(new SqliteAuthorizations(folder));
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

  /** Saves one grant after the other, and says the number of each that is saved. */
  private static void authorize(SqliteAuthorizations authorizations) {
    for (var n = 0; ; n++) {
      AuthorizationSamples.save(authorizations, n);
      System.out.println(n);
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
