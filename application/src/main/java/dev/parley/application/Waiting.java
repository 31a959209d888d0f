package dev.parley.application;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting on the live feed of some topics: it works, and wakes at once, on every backend. */
final class Waiting {

  private final Backend backend;
  private final List<TopicName> topics;

  private Waiting(Backend backend, List<TopicName> topics) {
    this.backend = backend;
    this.topics = topics;
  }

  static Waiting on(Backend backend, List<TopicName> topics) {
    return new Waiting(backend, topics);
  }

  /** Reads again whenever there may be news, until it is enough or the time is over. */
  <T> T until(Supplier<T> read, Predicate<T> enough, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    var news = new News();
    var subscriptions = new ArrayList<Subscription>(topics.size());
    try {
      topics.forEach(topic -> subscriptions.add(backend.subscribe(topic, news)));
      // Read after subscribing: what came before the subscription is in the history.
      var result = read.get();
      while (!enough.test(result) && news.await(Duration.ofNanos(deadline - System.nanoTime()))) {
        result = read.get();
      }
      return result;
    } finally {
      subscriptions.forEach(Subscription::close);
    }
  }
}
