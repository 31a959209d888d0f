package dev.parley.application;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.reading.RecentIds;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one session has posted, was shown and was pushed, as far as a bounded memory goes: a session
 * is not told what it already knows.
 */
final class Session {

  private static final int REMEMBERED = 4096;
  private static final int REMEMBERED_UNKNOWN = 64;

  private final Handle handle;
  private final Duration longestPost;
  private final RecentIds posted = new RecentIds(REMEMBERED);
  private final RecentIds shown = new RecentIds(REMEMBERED);
  private final RecentIds pushed = new RecentIds(REMEMBERED);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition outcome = lock.newCondition();
  private final Set<InFlight> inFlight = new HashSet<>();
  private final ArrayDeque<Draft> unknown = new ArrayDeque<>();

  /**
   * Starts a session.
   *
   * @param longestPost how long a post may take, so how long its echo is held back
   */
  Session(Handle handle, Duration longestPost) {
    this.handle = handle;
    this.longestPost = longestPost;
  }

  /** Announces a post before it is sent. */
  InFlight posting(Draft draft) {
    var flight = new InFlight(draft);
    locked(() -> inFlight.add(flight));
    return flight;
  }

  /** Whether a message is a post of this session. */
  boolean posted(MessageId id) {
    return posted.contains(id);
  }

  /** Remembers that a tool returned a message. */
  void show(Message message) {
    shown.add(message.id());
  }

  /** Whether a tool returned a message. */
  boolean wasShown(MessageId id) {
    return shown.contains(id);
  }

  /** Remembers that a message was pushed. */
  void push(Message message) {
    pushed.add(message.id());
  }

  /** Whether a message was pushed. */
  boolean wasPushed(MessageId id) {
    return pushed.contains(id);
  }

  /**
   * Whose message this is. When it bears our handle while posts of ours are in flight in its topic,
   * waits for their outcome, at most as long as a post may take.
   */
  Origin originOf(Message message) throws InterruptedException {
    if (posted.contains(message.id())) {
      return Origin.OWN;
    }
    if (!message.sender().isNamed(handle)) {
      return Origin.OTHERS;
    }
    lock.lockInterruptibly();
    try {
      awaitOutcomes(message.topic(), () -> posted.contains(message.id()));
      if (posted.contains(message.id())) {
        return Origin.OWN;
      }
      var lost = unknown.stream().filter(draft -> isOf(draft, message)).findFirst();
      lost.ifPresent(unknown::remove);
      return lost.isPresent() ? Origin.OWN_OF_UNKNOWN_OUTCOME : Origin.OTHERS;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, at most as long as a post may take, until it is known which messages of a page are posts
   * of this session; an interrupt ends the wait.
   */
  void settle(TopicName topic, List<Message> messages) {
    if (messages.stream().allMatch(m -> posted.contains(m.id()) || !m.sender().isNamed(handle))) {
      return;
    }
    lock.lock();
    try {
      awaitOutcomes(topic, () -> false);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void awaitOutcomes(TopicName topic, BooleanSupplier enough) throws InterruptedException {
    var awaited = new HashSet<>(inFlight);
    awaited.removeIf(flight -> !flight.draft.topic().equals(topic));
    var nanos = longestPost.toNanos();
    while (nanos > 0 && !enough.getAsBoolean() && containsAny(awaited)) {
      nanos = outcome.awaitNanos(nanos);
    }
  }

  private boolean containsAny(Set<InFlight> flights) {
    return flights.stream().anyMatch(inFlight::contains);
  }

  private static boolean isOf(Draft draft, Message message) {
    return draft.topic().equals(message.topic())
        && draft.content().strip().equals(message.content().strip());
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      outcome.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whose message it is. */
  enum Origin {
    /** Posted by this session. */
    OWN,
    /** Posted by this session, which could not know whether it was stored. */
    OWN_OF_UNKNOWN_OUTCOME,
    /** Posted by anybody else, another session of this handle included. */
    OTHERS
  }

  /** A post on its way; closed whatever becomes of it. */
  final class InFlight implements AutoCloseable {

    private final Draft draft;

    private InFlight(Draft draft) {
      this.draft = draft;
    }

    /** The post was stored under this id. */
    void stored(MessageId id) {
      posted.add(id);
    }

    /** The post may or may not have been stored. */
    void outcomeUnknown() {
      locked(() -> {
        unknown.addLast(draft);
        if (unknown.size() > REMEMBERED_UNKNOWN) {
          unknown.removeFirst();
        }
      });
    }

    @Override
    public void close() {
      locked(() -> inFlight.remove(this));
    }
  }
}
