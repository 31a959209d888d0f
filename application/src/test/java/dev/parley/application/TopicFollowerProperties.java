package dev.parley.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The follower against a model: whatever mixture of feed events, page sizes and connection losses,
 * what it hands over is the history after its start.
 */
class TopicFollowerProperties {

  private static final TopicName TOPIC = new TopicName("model");
  private static final Sender PEER = Sender.agent(new Handle("peer"));

  /** What may happen to a topic and its feed. */
  enum Step {
    POST,
    POST_THREE,
    HAND_OVER_ONE,
    HAND_OVER_ALL,
    REPEAT_LAST,
    LOSE_AND_SAY_BEHIND,
    SAY_BEHIND,
    INTERRUPT,
    GO_DOWN,
    COME_BACK,
  }

  @Property(tries = 400)
  void delivers_the_history_after_its_start(
      @ForAll @Size(max = 40) List<Step> steps,
      @ForAll @IntRange(min = 1, max = 4) int pageSize,
      @ForAll @IntRange(min = 1, max = 5) int queueBound,
      @ForAll @IntRange(min = 1, max = 5) int window,
      @ForAll @IntRange(max = 3) int before)
      throws InterruptedException {
    var backend = new MemoryBackend(new Handle("self"), false);
    for (var i = 0; i < before; i++) {
      backend.store(TOPIC, PEER, "before " + i);
    }
    var delivered = new CopyOnWriteArrayList<Message>();
    var follower =
        new TopicFollower(
            TOPIC,
            backend,
            new Collecting(delivered),
            TopicFollower.Start.TAIL,
            new TopicFollower.Sizes(pageSize, queueBound, window));
    var thread = Thread.ofVirtual().start(follower);
    assertThat(follower.started().await(5, TimeUnit.SECONDS)).isTrue();
    var feed = new FeedModel(backend, backend.feedsOf(TOPIC).getFirst());
    // A feed may bring what was posted after the subscription but is before the starting point.
    feed.handOverLate(backend.history(TOPIC));

    steps.forEach(feed::apply);
    feed.settle();

    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !delivered.isEmpty() && delivered.getLast().content().equals("the end"));
    thread.interrupt();
    thread.join();
    var history = backend.history(TOPIC);
    assertThat(delivered)
        .extracting(Message::id)
        .containsExactlyElementsOf(
            history.subList(before, history.size()).stream().map(Message::id).toList());
  }

  /** A feed that keeps its law: in order, and whatever it leaves out is covered by a behind. */
  private static final class FeedModel {

    private final MemoryBackend backend;
    private final Feed feed;
    private final ArrayDeque<Message> notHandedOver = new ArrayDeque<>();
    private int posts;
    private @Nullable Message last;

    FeedModel(MemoryBackend backend, Feed feed) {
      this.backend = backend;
      this.feed = feed;
    }

    void handOverLate(List<Message> messages) {
      notHandedOver.addAll(messages);
    }

    void apply(Step step) {
      switch (step) {
        case POST -> post("message " + posts++);
        case POST_THREE -> {
          for (var i = 0; i < 3; i++) {
            post("message " + posts++);
          }
        }
        case HAND_OVER_ONE -> handOverOne();
        case HAND_OVER_ALL -> handOverAll();
        case REPEAT_LAST -> {
          if (last != null) {
            feed.message(last);
          }
        }
        case LOSE_AND_SAY_BEHIND -> {
          notHandedOver.clear();
          feed.behind();
        }
        case SAY_BEHIND -> feed.behind();
        case INTERRUPT -> {
          notHandedOver.clear();
          feed.interrupted(MemoryBackend.unavailable());
          feed.behind();
        }
        case GO_DOWN -> backend.goDown();
        case COME_BACK -> {
          backend.comeBack();
          feed.behind();
        }
      }
    }

    void settle() {
      apply(Step.COME_BACK);
      handOverAll();
      post("the end");
      handOverAll();
    }

    private void post(String content) {
      notHandedOver.add(backend.store(TOPIC, PEER, content));
    }

    private void handOverAll() {
      while (!notHandedOver.isEmpty()) {
        handOverOne();
      }
    }

    private void handOverOne() {
      var next = notHandedOver.poll();
      if (next != null) {
        last = next;
        feed.message(next);
      }
    }
  }

  private record Collecting(List<Message> delivered) implements TopicFollower.Receiver {

    @Override
    public void message(Message message) {
      delivered.add(message);
    }

    @Override
    public void gap() {
      throw new AssertionError("nothing was trimmed, so there is no gap");
    }

    @Override
    public void interrupted(BackendException why) {}
  }
}
