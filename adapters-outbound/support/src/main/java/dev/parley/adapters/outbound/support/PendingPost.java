package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.OutcomeUnknown;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A post on its way from the thread that made it, and waits for it, to the one that stores posts,
 * perhaps several together. Whoever stores takes it first: what was not taken in time is withdrawn
 * and surely not stored.
 */
public final class PendingPost {

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN,
    SETTLED
  }

  private final Draft draft;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  // Both written before the state becomes SETTLED and read after.
  private @Nullable MessageId id;
  private @Nullable RuntimeException failure;

  /** A post of the calling thread. */
  public PendingPost(Draft draft) {
    this.draft = draft;
  }

  /** What is to be stored. */
  public Draft draft() {
    return draft;
  }

  /** The writer begins to store it; false when the caller no longer waits. */
  public boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Whether the caller no longer waits, and it will never be taken. */
  public boolean isWithdrawn() {
    return state.get() == State.WITHDRAWN;
  }

  /** It is durable. */
  public void stored(MessageId as) {
    id = as;
    settle();
  }

  /** It was not stored, or that is not known: the caller is told why. */
  public void failed(RuntimeException why) {
    failure = why;
    settle();
  }

  private void settle() {
    state.set(State.SETTLED);
    LockSupport.unpark(caller);
  }

  /**
   * Waits for the outcome.
   *
   * @param notStored what to say when it was not taken in time; it never will be then
   * @throws OutcomeUnknown when it was taken in time, but not settled
   */
  public MessageId await(Duration atMost, Supplier<BackendException> notStored) {
    var deadline = System.nanoTime() + atMost.toNanos();
    var interrupted = false;
    try {
      while (state.get() != State.SETTLED) {
        var left = deadline - System.nanoTime();
        if (left > 0 && !interrupted) {
          Deadlines.parkNanos(this, left);
          interrupted = Thread.interrupted();
        } else if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
          throw notStored.get();
        } else if (left > 0) {
          // Cancelled, but being stored just now: the outcome is worth the short wait.
          Deadlines.parkNanos(this, left);
          Thread.interrupted();
        } else if (state.get() != State.SETTLED) {
          throw new OutcomeUnknown(
              "the post was not confirmed in time and may have been stored: look into the topic"
                  + " before repeating it",
              null);
        }
      }
      return outcome();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MessageId outcome() {
    if (id != null) {
      return id;
    }
    throw failure != null ? failure : new IllegalStateException("a settled post has an outcome");
  }
}
