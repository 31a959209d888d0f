package dev.parley.adapters.outbound.redis;

import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** A feed that keeps what it is told. */
final class RecordingFeed implements Feed {

  final List<String> contents = new CopyOnWriteArrayList<>();
  final List<BackendException> interruptions = new CopyOnWriteArrayList<>();
  final AtomicInteger behinds = new AtomicInteger();

  @Override
  public void message(Message message) {
    contents.add(message.content());
  }

  @Override
  public void behind() {
    behinds.incrementAndGet();
  }

  @Override
  public void interrupted(BackendException why) {
    interruptions.add(why);
  }

  RecordingFeed untilBehind(int times) {
    soon().until(() -> behinds.get() >= times);
    return this;
  }

  void untilContents(int count) {
    soon().until(() -> contents.size() >= count);
  }

  /** Posts until one of the posts comes as a message, whatever is covered by being behind. */
  void untilPushed(Backend backend, TopicName topic) {
    var posted = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          backend.post(Draft.of(topic, "pushed " + posted.incrementAndGet()));
          return contents.stream().anyMatch(content -> content.startsWith("pushed "));
        });
  }

  void untilInterrupted(int times) {
    soon().until(() -> interruptions.size() >= times);
  }

  // Without Awaitility's first delay, which would add up over many feeds.
  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2));
  }
}
