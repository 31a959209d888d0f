package dev.parley.adapters.outbound.sqlite;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the adapter alone: {@code Figures FOLDER}, or {@code Figures FILE COUNT} for one of
 * several processes that post. Run it with the flags of the launcher.
 */
final class Figures {

  private static final TopicName TOPIC = new TopicName("figures");

  private Figures() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    if (arguments.length > 1) {
      postMany(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      return;
    }
    var folder = Path.of(arguments[0]);
    posts(folder.resolve("posts.db"));
    pages(folder.resolve("posts.db"));
    push(folder.resolve("push.db"));
    processes(folder.resolve("processes.db"), 8, 500);
  }

  static Backend open(Path database) {
    return new SqlitePlugin()
        .open(
            new BackendConfig(Map.of("db_path", database)),
            new Self(
                new Handle("agent"),
                Sender.Kind.AGENT,
                new InstanceId("agent"),
                database.resolveSibling("state")));
  }

  private static void posts(Path database) throws InterruptedException, ExecutionException {
    try (var backend = open(database);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 4; round++) {
        var times = callers.submit(() -> timedPosts(backend, 10_000)).get();
        System.out.printf(
            "post, one after another: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, %.0f/s%n",
            at(times, 0.5), at(times, 0.99), at(times, 0.999), 1e9 / mean(times));
      }
      for (var round = 0; round < 4; round++) {
        var start = System.nanoTime();
        List<Callable<long[]>> tasks = new ArrayList<>();
        for (var caller = 0; caller < 16; caller++) {
          tasks.add(() -> timedPosts(backend, 2_000));
        }
        for (var task : callers.invokeAll(tasks)) {
          task.get();
        }
        System.out.printf(
            "post, 16 callers: %.0f/s%n", 32_000 / ((System.nanoTime() - start) / 1e9));
      }
    }
  }

  private static long[] timedPosts(Backend backend, int count) {
    var times = new long[count];
    for (var n = 0; n < count; n++) {
      var start = System.nanoTime();
      backend.post(Draft.of(TOPIC, "message number " + n + " of a few that are posted"));
      times[n] = System.nanoTime() - start;
    }
    return times;
  }

  private static void pages(Path database) {
    try (var backend = open(database)) {
      for (var size : new int[] {1_000, 1_000, 1_000, 100, 100}) {
        var start = System.nanoTime();
        var read = 0;
        var page = backend.fetchRecent(TOPIC, Window.oldest(size));
        while (true) {
          read += page.messages().size();
          if (!page.more()) {
            break;
          }
          page = backend.fetchRecent(TOPIC, Window.after(page.next(), size));
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("read %,d in pages of %d: %,.0f/s%n", read, size, read / seconds);
      }
    }
  }

  private static void push(Path database) throws InterruptedException {
    try (var reader = open(database);
        var writer = open(database)) {
      var arrived = new long[300];
      var count = new int[1];
      var ready = new CountDownLatch(1);
      var done = new CountDownLatch(arrived.length);
      reader.subscribe(
          TOPIC,
          new Feed() {
            @Override
            public void message(Message message) {
              arrived[count[0]++] = System.nanoTime();
              done.countDown();
            }

            @Override
            public void behind() {
              ready.countDown();
            }

            @Override
            public void interrupted(BackendException why) {
              System.out.println("interrupted: " + why.getMessage());
            }
          });
      ready.await();
      var posted = new long[arrived.length];
      for (var n = 0; n < posted.length; n++) {
        posted[n] = System.nanoTime();
        writer.post(Draft.of(TOPIC, "spaced message " + n));
        LockSupport.parkNanos(10_000_000);
      }
      done.await();
      var times = new long[posted.length];
      for (var n = 0; n < times.length; n++) {
        times[n] = arrived[n] - posted[n];
      }
      System.out.printf(
          "push, from before the post: p50 %.0f us, p99 %.0f us%n",
          at(times, 0.5), at(times, 0.99));
    }
  }

  private static void processes(Path database, int processes, int posts)
      throws IOException, InterruptedException {
    open(database).close();
    var started = new ArrayList<Process>();
    for (var n = 0; n < processes; n++) {
      started.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Figures.class.getName(),
                  database.toString(),
                  Integer.toString(posts))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    while (!Files.exists(database.resolveSibling("go"))
        && started.stream().anyMatch(Process::isAlive)) {
      LockSupport.parkNanos(500_000_000);
      Thread.sleep(3_000);
      Files.createFile(database.resolveSibling("go"));
    }
    var start = System.nanoTime();
    for (var process : started) {
      process.waitFor();
    }
    System.out.printf(
        "%d processes x %d posts: %.0f/s%n",
        processes, posts, processes * posts / ((System.nanoTime() - start) / 1e9));
  }

  private static void postMany(Path database, int posts) {
    try (var backend = open(database)) {
      backend.post(Draft.of(TOPIC, "ready"));
      while (!Files.exists(database.resolveSibling("go"))) {
        LockSupport.parkNanos(1_000_000);
      }
      var start = System.nanoTime();
      var times = timedPosts(backend, posts);
      System.out.printf(
          "  one process: %.2f s, p50 %.0f us, p99 %.0f us, worst %.1f ms%n",
          (System.nanoTime() - start) / 1e9, at(times, 0.5), at(times, 0.99), at(times, 1) / 1e3);
    }
  }

  private static double at(long[] times, double share) {
    var sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e3;
  }

  private static double mean(long[] times) {
    return Arrays.stream(times).average().orElse(0);
  }
}
