package dev.parley.conformance.reading;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * Reads a topic live as a feed asks for: takes what is handed over, and whenever the feed is behind
 * reads what follows its own position. What it has read is what the live path amounts to.
 */
public final class LiveReader implements Feed, AutoCloseable {

  private static final int PAGE = 50;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Backend backend;
  private final Consumer<Message> shown;
  private final TopicName topic;
  private final BlockingQueue<Step> events = new LinkedBlockingQueue<>();
  private final List<Message> read = new CopyOnWriteArrayList<>();
  private final List<Message> handed = new CopyOnWriteArrayList<>();
  private final List<String> signals = new CopyOnWriteArrayList<>();
  private final Set<MessageId> seen = new HashSet<>();
  private final Thread reading;
  private final Subscription subscription;
  private final boolean takesHints;
  private Cursor position;

  /** What is done about one call of the feed. */
  private interface Step {
    void run() throws InterruptedException;
  }

  /** Subscribes at the tail of a topic. */
  public LiveReader(Backend backend, TopicName topic) {
    this(backend, topic, message -> {});
  }

  /** Subscribes at the tail of a topic, and shows every message it reads. */
  public LiveReader(Backend backend, TopicName topic, Consumer<Message> shown) {
    this(backend, topic, shown, false);
  }

  /** Subscribes at the tail of a topic, and reads it whenever there is a hint that it may. */
  public static LiveReader byHints(Backend backend, TopicName topic) {
    return new LiveReader(backend, topic, message -> {}, true);
  }

  private LiveReader(
      Backend backend, TopicName topic, Consumer<Message> shown, boolean takesHints) {
    this.shown = shown;
    this.takesHints = takesHints;
    this.backend = backend;
    this.topic = topic;
    this.position = History.tail(backend, topic);
    this.reading = Thread.ofVirtual().unstarted(this::run);
    this.subscription = backend.subscribe(topic, this);
    this.reading.start();
  }

  @Override
  public void message(Message message) {
    handed.add(message);
    events.add(() -> take(message));
  }

  @Override
  public void behind() {
    signals.add("behind");
    events.add(this::drain);
  }

  @Override
  public void interrupted(BackendException why) {
    signals.add("interrupted");
  }

  @Override
  public boolean takesHints() {
    return takesHints;
  }

  /** What it has read so far, from both paths. */
  public List<Message> read() {
    return List.copyOf(read);
  }

  /** What the feed handed over so far. */
  public List<Message> handed() {
    return List.copyOf(handed);
  }

  /** Each {@code behind} and {@code interrupted} so far, in order. */
  public List<String> signals() {
    return List.copyOf(signals);
  }

  /** Where its thread is at this moment, for a report of what went wrong. */
  public String doing() {
    return reading.getState() + " in " + List.of(reading.getStackTrace());
  }

  /** Waits until it has read so many messages, or as long as that may take. */
  public void await(int messages, Duration atMost) {
    Awaitility.await("%d messages, read %d".formatted(messages, read.size()))
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> read.size() >= messages);
  }

  @Override
  public void close() {
    subscription.close();
    reading.interrupt();
  }

  private void run() {
    try {
      while (true) {
        events.take().run();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void take(Message message) {
    if (seen.add(message.id())) {
      add(message);
      position = message.cursor();
    }
  }

  private void add(Message message) {
    shown.accept(message);
    read.add(message);
  }

  // What is handed over meanwhile has to wait: it would move the position over what is missing.
  private void drain() throws InterruptedException {
    var more = true;
    while (more) {
      try {
        var page = backend.fetchRecent(topic, Window.after(position, PAGE));
        page.messages().stream().filter(message -> seen.add(message.id())).forEach(this::add);
        position = page.next();
        more = page.more();
      } catch (BackendException e) {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }
}
