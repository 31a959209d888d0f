package dev.parley.adapters.inbound.http;

import dev.parley.domain.history.Page;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The use cases of a server that follows one empty topic, {@code talk}, as a test sets it up. */
final class OneTopic implements ObserveTopic, ShowTopics, ListUsers {

  static final TopicName TALK = new TopicName("talk");

  final AtomicInteger asked = new AtomicInteger();
  final CountDownLatch watched = new CountDownLatch(1);
  volatile @Nullable BackendException failure;
  volatile CountDownLatch answering = new CountDownLatch(0);
  volatile Runnable changed = () -> {};

  @Override
  public Page recent(TopicName topic, int messages, int characters) {
    asked.incrementAndGet();
    try {
      answering.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return new Page(List.of(), new Cursor("0"), false, false);
  }

  @Override
  public Watch watch(TopicName topic, Runnable whenChanged) {
    changed = whenChanged;
    watched.countDown();
    return () -> {};
  }

  @Override
  public AllowedTopics topics() {
    return new AllowedTopics(List.of(TALK), List.of(), new TopicName("parley-presence"));
  }

  @Override
  public About backend() {
    return new About(
        "none",
        null,
        "nowhere",
        null,
        new ContentLimit(1000, ContentLimit.Unit.CODE_POINTS),
        null,
        null);
  }

  @Override
  public Users users(Query query) {
    return new Users(List.of(), false, null);
  }
}
