package dev.parley.application;

import dev.parley.application.FeedQueue.Signal;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.reading.FollowPosition;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one topic from its tail, or from further back: hands over exactly what the history gives
 * after it, each message once and in order, whatever the feed repeats, delays or leaves out.
 *
 * <p>The feed is trusted message by message only while it is in step: its last message was the one
 * delivered last. Out of step (at the start, after it fell behind or was interrupted), a message it
 * brings is only a hint to read the history on from the follower's own position.
 */
final class TopicFollower implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final int PAGE = 200;
  private static final int QUEUE = 1024;
  private static final int WINDOW = 2048;

  private final TopicName topic;
  private final Backend backend;
  private final Receiver receiver;
  private final Start start;
  private final Sizes sizes;
  private final FeedQueue feed;
  private final CountDownLatch started = new CountDownLatch(1);
  private boolean inStep;

  TopicFollower(TopicName topic, Backend backend, Receiver receiver) {
    this(topic, backend, receiver, Start.TAIL);
  }

  TopicFollower(TopicName topic, Backend backend, Receiver receiver, Start start) {
    this(topic, backend, receiver, start, new Sizes(PAGE, QUEUE, WINDOW));
  }

  TopicFollower(TopicName topic, Backend backend, Receiver receiver, Start start, Sizes sizes) {
    this.topic = topic;
    this.backend = backend;
    this.receiver = receiver;
    this.start = start;
    this.sizes = sizes;
    this.feed = new FeedQueue(sizes.queue());
  }

  /**
   * The sizes that bound a follower's work and memory; none of them changes what is delivered.
   *
   * @param page messages read at once
   * @param queue messages of the feed that wait
   * @param window ids by which a repeat is known
   */
  record Sizes(int page, int queue, int window) {}

  /** Where followed messages go. */
  interface Receiver {

    void message(Message message) throws InterruptedException;

    void gap();

    void interrupted(BackendException why);

    /** Everything that the history holds by now was handed over. */
    default void upToDate() {}
  }

  /** Where following begins. */
  interface Start {

    /** With the next message. */
    Start TAIL =
        (backend, topic) ->
            new Page(List.of(), backend.fetchRecent(topic, Window.latest(1)).next(), false, false);

    /**
     * The messages to hand over first, and where to go on: by reading at once when there is more.
     */
    Page from(Backend backend, TopicName topic);
  }

  /** Opens once the starting point is fixed: everything posted later will be handed over. */
  CountDownLatch started() {
    return started;
  }

  /** Follows until the thread is interrupted. */
  @Override
  public void run() {
    try (var _ = persistently(() -> backend.subscribe(topic, feed))) {
      var first = persistently(() -> start.from(backend, topic));
      var position = new FollowPosition(first.next(), sizes.window());
      take(first, position);
      if (first.more()) {
        drain(position);
      } else {
        receiver.upToDate();
      }
      started.countDown();
      while (true) {
        take(feed.take(), position);
      }
    } catch (InterruptedException _) {
      // Closed: nothing is left to be done.
    }
  }

  private void take(Signal signal, FollowPosition position) throws InterruptedException {
    if (signal instanceof Signal.Arrived(var message)) {
      arrived(message, position);
    } else {
      inStep = false;
      if (signal instanceof Signal.Interrupted(var why)) {
        receiver.interrupted(why);
      } else {
        drain(position);
      }
    }
  }

  private void arrived(Message message, FollowPosition position) throws InterruptedException {
    if (position.standsAt(message.id())) {
      inStep = true;
    } else if (position.hasDelivered(message.id())) {
      return;
    } else if (inStep) {
      deliver(message, position);
    } else {
      drain(position);
      inStep = position.standsAt(message.id());
    }
  }

  private void drain(FollowPosition position) throws InterruptedException {
    Page page;
    do {
      page = readOn(position);
      if (page.gap()) {
        receiver.gap();
      }
      take(page, position);
    } while (page.more());
    receiver.upToDate();
  }

  private void take(Page page, FollowPosition position) throws InterruptedException {
    for (var message : page.messages()) {
      deliver(message, position);
    }
    position.advanceTo(page.next());
  }

  private Page readOn(FollowPosition position) throws InterruptedException {
    return persistently(() -> {
      try {
        return backend.fetchRecent(topic, Window.after(position.cursor(), sizes.page()));
      } catch (CursorRejected _) {
        // This history is another one: what it holds by now is for catching up.
        var latest = backend.fetchRecent(topic, Window.latest(1));
        return new Page(List.of(), latest.next(), false, true);
      }
    });
  }

  private void deliver(Message message, FollowPosition position) throws InterruptedException {
    if (position.advance(message)) {
      receiver.message(message);
    }
  }

  /** Asks until the backend answers: at once when the feed says it is back, else after a while. */
  private <T> T persistently(Supplier<T> ask) throws InterruptedException {
    var backoff = new Backoff();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        return ask.get();
      } catch (BackendException e) {
        await(backoff, e);
      } catch (RuntimeException e) {
        LOG.error("Following topic {} failed unexpectedly and goes on", topic, e);
        await(backoff, new Unavailable("the backend failed unexpectedly: " + e, null, e));
      }
    }
    throw new InterruptedException();
  }

  private void await(Backoff backoff, BackendException why) throws InterruptedException {
    if (!Thread.currentThread().isInterrupted()) {
      receiver.interrupted(why);
    }
    feed.awaitBehind(backoff.next(why));
  }
}
