package dev.parley.bootstrap.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from calling {@code parley_hand_off} in one session until the claimer's client
 * has read the push in another, and until the offerer has the answer, over SQLite; see
 * docs/performance.md for how to run it.
 */
final class HandOffFigures {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int WARM_UP = 20;

  private HandOffFigures() {}

  /** Takes the launcher and the number of offers. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("hand-off-figures");
    var installation = new Installation(Path.of(arguments[0]).toAbsolutePath(), folder);
    var offers = Integer.parseInt(arguments[1]);
    try (var planner =
            ServeProcess.start(installation.launcher(), config(installation, "planner"), folder);
        var coder =
            ServeProcess.start(installation.launcher(), config(installation, "coder"), folder)) {
      do {
        planner.post("talk", "are you there?");
      } while (!coder.isPushed("are you there?", Duration.ofMillis(500)));
      var pushed = new ArrayList<Long>();
      var answered = new ArrayList<Long>();
      var claimed = new ArrayList<Long>();
      for (var n = 1; n <= offers + WARM_UP; n++) {
        var goal = "piece of work " + n + ".";
        var start = System.nanoTime();
        planner.call(
            "parley_hand_off",
            "{\"topic\":\"talk\",\"to\":\"coder\",\"goal\":\"%s\"}".formatted(goal));
        var answer = System.nanoTime();
        var event = coder.nextPushed(goal, LONG).orElseThrow();
        var claim = System.nanoTime();
        coder.call(
            "parley_update_hand_off",
            "{\"id\":\"%s\",\"action\":\"claim\"}"
                .formatted(event.meta().path("hand_off").asText()));
        if (n > WARM_UP) {
          pushed.add(event.nanos() - start);
          answered.add(answer - start);
          claimed.add(System.nanoTime() - claim);
        }
      }
      print("offer to the claimer's push", pushed);
      print("offer to its answer", answered);
      print("claim to its answer", claimed);
    }
  }

  /** More is pushed here than an agent would want. */
  private static Path config(Installation installation, String handle) throws IOException {
    return Files.writeString(
        installation.config(handle),
        "live_push: { max_per_minute: 100000 }\n",
        StandardOpenOption.APPEND);
  }

  private static void print(String what, List<Long> nanos) {
    var sorted = nanos.stream().sorted().toList();
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.getLast() / 1e6,
        sorted.size());
  }
}
