package dev.parley.application;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.NoSuchTopic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the roster learns from one topic, and whether it may be missing something. */
final class RosterWatch implements TopicFollower.Receiver {

  private final TopicName topic;
  private final Consumer<Message> taking;
  private final CountDownLatch heard = new CountDownLatch(1);
  private volatile @Nullable String trouble;
  private volatile boolean absent;

  RosterWatch(TopicName topic, Consumer<Message> taking) {
    this.topic = topic;
    this.taking = taking;
    this.trouble = "'%s' is still being read".formatted(topic);
  }

  /** Waits until the topic was read up to now or it is known why it is not; at most so long. */
  void awaitHeard(long nanos) throws InterruptedException {
    var _ = heard.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Why something may be missing; null when nothing is. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Whether the backend has no such topic. */
  boolean isAbsent() {
    return absent;
  }

  @Override
  public void message(Message message) {
    taking.accept(message);
  }

  @Override
  public void gap() {
    // What is gone is older than what counts, or nobody can know it any more.
  }

  @Override
  public void upToDate() {
    trouble = null;
    heard.countDown();
  }

  @Override
  public void interrupted(BackendException why) {
    trouble = "'%s' cannot be read: %s".formatted(topic, why.getMessage());
    if (why instanceof NoSuchTopic) {
      absent = true;
      // Asking again would not help: a mapping is made by changing the configuration.
      Thread.currentThread().interrupt();
    }
    heard.countDown();
  }
}
