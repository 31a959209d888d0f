package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlinesTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void aValueThatComesInTimeIsGiven() throws Exception {
    var future = new CompletableFuture<String>();
    Thread.startVirtualThread(() -> future.complete("here"));

    assertThat(Deadlines.get(future, LONG)).isEqualTo("here");
  }

  @Test
  void aFailureIsGivenAsFuturesGiveIt() {
    var future = CompletableFuture.<String>failedFuture(new IllegalStateException("no"));

    assertThatThrownBy(() -> Deadlines.get(future, LONG))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void theTimeIsOverSoonAfterTheDeadlineAndNotBefore() {
    var begun = System.nanoTime();

    assertThatThrownBy(() -> Deadlines.get(new CompletableFuture<>(), Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Deadlines.get(new CompletableFuture<>(), LONG))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void everyOneOfManyWaitsEndsAtItsOwnDeadline() throws Exception {
    var over = new AtomicInteger();
    try (var waiters = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 500; i++) {
        var time = Duration.ofMillis(i % 50);
        var _ =
            waiters.submit(() -> {
              try {
                Deadlines.get(new CompletableFuture<>(), time);
              } catch (TimeoutException expected) {
                over.incrementAndGet();
              }
              return null;
            });
      }
    }

    assertThat(over).hasValue(500);
  }

  @Test
  void whoIsUnparkedReturnsLongBeforeTheDeadline() throws Exception {
    var begun = new CountDownLatch(1);
    var thread =
        Thread.startVirtualThread(() -> {
          begun.countDown();
          Deadlines.parkNanos(this, LONG.toNanos());
        });
    begun.await();
    LockSupport.unpark(thread);

    assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
  }
}
