package dev.parley.application;

import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a session from drowning: so many messages a minute, then one summary at the end of the
 * minute that counts what was held back.
 */
final class Flood {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int maxPerMinute;
  private final ScheduledExecutorService clock;
  private final Consumer<Map<TopicName, Integer>> summary;
  private final Map<TopicName, Integer> heldBack = new LinkedHashMap<>();
  private boolean minuteRuns;
  private int passed;

  Flood(
      int maxPerMinute, ScheduledExecutorService clock, Consumer<Map<TopicName, Integer>> summary) {
    this.maxPerMinute = maxPerMinute;
    this.clock = clock;
    this.summary = summary;
  }

  /** Whether one more message may pass; when it may not, it is counted. */
  synchronized boolean admit(TopicName topic) {
    if (!minuteRuns) {
      minuteRuns = true;
      passed = 0;
      var _ = clock.schedule(this::endMinute, MINUTE.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (passed < maxPerMinute) {
      passed++;
      return true;
    }
    heldBack.merge(topic, 1, Integer::sum);
    return false;
  }

  private void endMinute() {
    Map<TopicName, Integer> counts;
    synchronized (this) {
      minuteRuns = false;
      counts = new LinkedHashMap<>(heldBack);
      heldBack.clear();
    }
    if (!counts.isEmpty()) {
      summary.accept(counts);
    }
  }
}
