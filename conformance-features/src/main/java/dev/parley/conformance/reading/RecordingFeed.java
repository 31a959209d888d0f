package dev.parley.conformance.reading;

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
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A feed that keeps what it is told and does nothing about it, for the tests of a backend. */
public final class RecordingFeed implements Feed {

  private final List<String> contents = new CopyOnWriteArrayList<>();
  private final List<BackendException> interruptions = new CopyOnWriteArrayList<>();
  private final AtomicInteger behinds = new AtomicInteger();

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

  /** The contents of the messages so far, as they come. */
  public List<String> contents() {
    return contents;
  }

  /** Why it was interrupted so far, as it happens. */
  public List<BackendException> interruptions() {
    return interruptions;
  }

  /** How often it was told to be behind. */
  public int behinds() {
    return behinds.get();
  }

  /** Waits until it was told so often to be behind. */
  public RecordingFeed untilBehind(int times) {
    soon().until(() -> behinds.get() >= times);
    return this;
  }

  /** Waits for so many messages. */
  public void untilContents(int count) {
    soon().until(() -> contents.size() >= count);
  }

  /** Waits until it was interrupted so often. */
  public void untilInterrupted(int times) {
    soon().until(() -> interruptions.size() >= times);
  }

  /** Posts until one of the posts comes as a message, whatever is covered by being behind. */
  public void untilPushed(Backend backend, TopicName topic) {
    var posted = new AtomicInteger();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          backend.post(Draft.of(topic, "pushed " + posted.incrementAndGet()));
          return contents.stream().anyMatch(content -> content.startsWith("pushed "));
        });
  }

  // Without Awaitility's first delay, which would add up over many feeds.
  private static ConditionFactory soon() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2));
  }
}
