package dev.parley.application;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.Follow.Following;
import dev.parley.ports.inbound.Follow.Listener;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** Some topics followed at once, each on a virtual thread of its own. */
final class LiveFollowing implements Following {

  /** Discards what comes after its end: a follower may still be at work when all is closed. */
  private final ScheduledExecutorService clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofVirtual().name("push-minute").factory(), new DiscardPolicy());

  private final List<TopicFollower> followers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  LiveFollowing(
      Backend backend,
      Session session,
      PushRules rules,
      HandOffFolds handOffs,
      List<TopicName> topics,
      Listener listener) {
    var flood = new Flood(rules.maxPerMinute(), clock, listener::heldBack);
    for (var topic : topics) {
      var receiver = new PushFilter(topic, session, rules, handOffs, flood, listener);
      var follower = new TopicFollower(topic, backend, receiver);
      followers.add(follower);
      threads.add(Thread.ofVirtual().name("follow-" + topic).start(follower));
    }
  }

  @Override
  public boolean awaitStarted(Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    for (var follower : followers) {
      if (!follower.started().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    clock.shutdownNow();
  }
}
