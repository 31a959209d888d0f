package dev.parley.adapters.inbound.cli;

import dev.parley.domain.participant.Handle;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom, and with which configuration, a person takes a seat. */
final class SeatOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file.")
  @Nullable String config;

  @Option(
      names = "--as",
      paramLabel = "HANDLE",
      description = "The name to post under; default: your user name.")
  @Nullable String as;

  @Option(names = "--json", description = "Print JSON, one object on each line.")
  boolean json;

  Seat take(Seats seats) throws SeatRefused {
    return seats.take(config, as == null ? ofUser(System.getenv(), account()) : new Handle(as));
  }

  private static String account() {
    return System.getProperty("user.name", "");
  }

  /** The user's name with everything left out that no handle may hold. */
  static Handle ofUser(Map<String, String> environment, String account) {
    var user = environment.getOrDefault("USER", environment.getOrDefault("USERNAME", account));
    var kept = new StringBuilder();
    for (var i = 0; i < user.length(); i++) {
      var c = user.charAt(i);
      if (kept.isEmpty() ? Handle.isEdge(c) : Handle.isInner(c)) {
        kept.append(c);
      }
    }
    kept.setLength(Math.min(kept.length(), Handle.MAX_LENGTH));
    while (!kept.isEmpty() && !Handle.isEdge(kept.charAt(kept.length() - 1))) {
      kept.setLength(kept.length() - 1);
    }
    return new Handle(kept.isEmpty() ? "person" : kept.toString());
  }
}
