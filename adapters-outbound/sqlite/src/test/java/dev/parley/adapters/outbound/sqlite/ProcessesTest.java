package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessesTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private Path database;

  @BeforeEach
  void choose(@TempDir Path folder) {
    database = folder.resolve("bus.db");
  }

  @Test
  void what_a_killed_process_was_told_is_stored_is_stored()
      throws IOException, InterruptedException {
    var said = database.resolveSibling("said");
    var process = Processes.start(said, PostingProcess.class, database.toString(), "p", "1000000");
    await().until(() -> Files.readAllLines(said).size() >= 500);
    process.destroyForcibly().waitFor();
    var told = Files.readAllLines(said);
    try (var backend = Fixture.open(database)) {
      assertThat(Fixture.history(backend, TOPIC, 1_000))
          .extracting(message -> message.id() + " " + message.content())
          .startsWith(told.subList(0, told.size() - 1).toArray(String[]::new));
    }
  }

  @Test
  void several_processes_write_and_everybody_hears_everything_once_and_in_order()
      throws IOException, InterruptedException {
    try (var backend = Fixture.open(database)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var processes = new ArrayList<Process>();
      for (var n = 0; n < 3; n++) {
        processes.add(Processes.start(PostingProcess.class, database.toString(), "p" + n, "200"));
      }
      for (var process : processes) {
        assertThat(process.inputReader().lines()).hasSize(200);
        assertThat(process.waitFor()).isZero();
      }
      feed.untilContents(600);

      assertThat(feed.contents())
          .containsExactlyElementsOf(
              Fixture.history(backend, TOPIC, 1_000).stream().map(Message::content).toList());
    }
  }

  @Test
  void a_message_is_pushed_within_milliseconds_of_its_post() throws InterruptedException {
    var count = 200;
    var arrivals = new AtomicLongArray(count);
    var posts = new long[count];
    try (var reader = Fixture.open(database);
        var writer = Fixture.open(database)) {
      var feed = new ArrivalFeed(arrivals);
      reader.subscribe(TOPIC, feed);
      assertThat(feed.ready.await(10, TimeUnit.SECONDS)).isTrue();
      for (var n = 0; n < count; n++) {
        posts[n] = System.nanoTime();
        writer.post(Draft.of(TOPIC, Integer.toString(n)));
        var expected = n;
        await().pollInterval(Duration.ofMillis(5)).until(() -> arrivals.get(expected) != 0);
      }
    }
    var micros = IntStream.range(0, count).mapToLong(n -> (arrivals.get(n) - posts[n]) / 1_000);
    var sorted = micros.sorted().toArray();
    System.out.printf(
        "push by watching: p50 %d us, p99 %d us%n", sorted[count / 2], sorted[count * 99 / 100]);
    assertThat(sorted[count / 2]).as("p50, us").isLessThan(20_000);
  }

  private static final class ArrivalFeed implements Feed {
    private final AtomicLongArray arrivals;
    private final CountDownLatch ready = new CountDownLatch(1);

    ArrivalFeed(AtomicLongArray arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public void message(Message message) {
      arrivals.set(Integer.parseInt(message.content()), System.nanoTime());
    }

    @Override
    public void behind() {
      ready.countDown();
    }

    @Override
    public void interrupted(BackendException why) {
      throw why;
    }
  }

  @Test
  void an_idle_subscription_costs_next_to_no_processor_time() {
    var threads = ManagementFactory.getThreadMXBean();
    try (var backend = Fixture.open(database)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "warm"));
      feed.untilContents(1);
      backend.fetchRecent(TOPIC, Window.latest(1));
      var ids =
          Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
              .filter(thread -> thread != null && isOfBackend(thread.getThreadName()))
              .mapToLong(ThreadInfo::getThreadId)
              .toArray();
      assertThat(ids).hasSizeGreaterThanOrEqualTo(3);
      // Code that is new is compiled first, and beside other tests everything costs more.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(spentIn(Duration.ofSeconds(2), ids)).isLessThan(Duration.ofMillis(20)));
    }
  }

  /** The processor time of these threads while nothing happens. */
  private static Duration spentIn(Duration time, long... threads) {
    var before = spent(threads);
    await().pollDelay(time).until(() -> true);
    return spent(threads).minus(before);
  }

  private static Duration spent(long... threads) {
    var bean = ManagementFactory.getThreadMXBean();
    return Duration.ofNanos(Arrays.stream(threads).map(bean::getThreadCpuTime).sum());
  }

  private static boolean isOfBackend(String thread) {
    return thread.startsWith("parley-sqlite") || thread.equals("FileSystemWatchService");
  }
}
