package dev.parley.adapters.inbound.http;

import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether the backend answers: it is asked for the latest message of a topic, by one at a time and
 * at most once a second, however many want to know.
 */
final class BackendProbe {

  private static final Logger LOG = LoggerFactory.getLogger(BackendProbe.class);

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ObserveTopic observe;
  private final ShowTopics show;
  private @Nullable Probe latest;
  private volatile boolean silent;

  BackendProbe(ObserveTopic observe, ShowTopics show) {
    this.observe = observe;
    this.show = show;
  }

  /** Whether the backend answers in time; waits no longer than that. */
  boolean answers() throws InterruptedException {
    var probe = probe();
    try {
      return probe
          .outcome()
          .get(probe.begun() + PATIENCE.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized Probe probe() {
    if (latest == null || latest.isOver(FRESH)) {
      var outcome = new CompletableFuture<Boolean>();
      latest = new Probe(System.nanoTime(), outcome);
      Thread.ofVirtual().name("probe").start(() -> outcome.complete(ask()));
    }
    return latest;
  }

  private boolean ask() {
    try {
      var subscribed = show.topics().subscribed();
      if (subscribed.isEmpty()) {
        return show.backend().connectedSince() != null;
      }
      observe.recent(subscribed.getFirst(), 1, Integer.MAX_VALUE);
      silent = false;
      return true;
    } catch (BackendException.NoSuchTopic _) {
      // It answered; what is wrong with the topic, the tools say.
      return true;
    } catch (RuntimeException e) {
      // Said once, not at every probe.
      LOG.atLevel(silent ? Level.DEBUG : Level.WARN)
          .log("The backend does not answer: {}", e.getMessage());
      silent = true;
      return false;
    }
  }

  /**
   * One question to the backend.
   *
   * @param begun when, by {@link System#nanoTime}
   */
  private record Probe(long begun, CompletableFuture<Boolean> outcome) {

    /** Whether it has ended, and began so long ago that it says nothing any more. */
    boolean isOver(Duration fresh) {
      return outcome.isDone() && System.nanoTime() - begun > fresh.toNanos();
    }
  }
}
