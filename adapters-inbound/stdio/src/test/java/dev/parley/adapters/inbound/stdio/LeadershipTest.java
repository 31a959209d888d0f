package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeadershipTest {

  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger reading = new AtomicInteger();
  private final List<Integer> read = new ArrayList<>();

  /** Reads numbers up to a bound, each of which is a piece of work. */
  private final class Numbers {

    private final int bound;
    private final IntConsumer work;
    private final Leadership leadership = new Leadership(this::readOn);
    private int next;

    Numbers(int bound, IntConsumer work) {
      this.bound = bound;
      this.work = work;
    }

    private boolean readOn() {
      readers.add(Thread.currentThread());
      while (next < bound) {
        assertThat(reading.incrementAndGet()).isEqualTo(1);
        var number = next++;
        read.add(number);
        reading.decrementAndGet();
        if (!leadership.keptWhile(() -> work.accept(number))) {
          return false;
        }
      }
      return true;
    }
  }

  @Test
  void short_pieces_of_work_are_done_by_the_thread_that_reads() throws IOException {
    var workers = new HashSet<Thread>();

    new Numbers(1_000, _ -> workers.add(Thread.currentThread())).leadership.run();

    assertThat(read).hasSize(1_000);
    assertThat(readers).containsAll(workers);
  }

  @Test
  void while_a_piece_takes_long_another_thread_reads_on() throws IOException {
    var readToTheEnd = new CountDownLatch(1);
    var numbers =
        new Numbers(
            2,
            number -> {
              if (number == 0) {
                awaitUninterrupted(readToTheEnd);
              } else {
                readToTheEnd.countDown();
              }
            });

    numbers.leadership.run();

    assertThat(read).containsExactly(0, 1);
    assertThat(readers).hasSize(2);
  }

  @Test
  void whoever_lost_the_lead_reads_no_more_and_each_line_is_read_once() throws IOException {
    var numbers =
        new Numbers(
            400,
            number -> {
              if (number % 20 == 0) {
                LockSupport.parkNanos(15_000_000);
              }
            });

    numbers.leadership.run();

    assertThat(read).containsExactlyElementsOf(IntStream.range(0, 400).boxed().toList());
    assertThat(readers).hasSizeGreaterThan(1);
    await().until(() -> readers.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void the_watch_that_fell_asleep_is_woken_by_the_next_piece() throws IOException {
    var readToTheEnd = new CountDownLatch(1);
    var numbers =
        new Numbers(
            3,
            number -> {
              if (number == 0) {
                awaitAsleep();
              } else if (number == 1) {
                awaitUninterrupted(readToTheEnd);
              } else {
                readToTheEnd.countDown();
              }
            });

    numbers.leadership.run();

    assertThat(read).containsExactly(0, 1, 2);
  }

  @Test
  void what_breaks_the_input_breaks_the_run() {
    var leadership =
        new Leadership(() -> {
          throw new IOException("stdin is gone");
        });

    assertThatThrownBy(leadership::run).isInstanceOf(IOException.class).hasMessage("stdin is gone");
  }

  @Test
  void a_client_that_takes_no_answers_ends_the_run_with_the_reason() {
    var gone = new IOException("the pipe is broken");
    var leadership =
        new Leadership(() -> {
          throw new UncheckedIOException("stdout cannot be written", gone);
        });

    assertThatThrownBy(leadership::run).isSameAs(gone);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitAsleep() {
    await()
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread ->
                    thread.getName().equals("parley-stdio-watch")
                        && thread.getState() == Thread.State.WAITING));
  }
}
