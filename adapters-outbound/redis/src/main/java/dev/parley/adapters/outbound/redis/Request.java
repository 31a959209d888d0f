package dev.parley.adapters.outbound.redis;

import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Some commands on their way from the thread that waits for their replies to a connection. */
final class Request {

  private enum State {
    WAITING,
    SENT,
    WITHDRAWN,
    SETTLED
  }

  private final List<CommandArguments> commands;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  // Written before the state becomes SETTLED and read after.
  private List<@Nullable Object> replies = List.of();
  private @Nullable RuntimeException failure;
  private boolean sent;

  Request(List<CommandArguments> commands) {
    this.commands = commands;
  }

  List<CommandArguments> commands() {
    return commands;
  }

  /** The connection begins to send it; false when the caller no longer waits. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.SENT);
  }

  void answered(List<@Nullable Object> with) {
    replies = with;
    settle();
  }

  /** It was not sent. */
  void refused(RuntimeException why) {
    failure = why;
    settle();
  }

  /** It was sent, and whether it was carried out is not known. */
  void lost(RuntimeException why) {
    sent = true;
    refused(why);
  }

  private void settle() {
    state.set(State.SETTLED);
    LockSupport.unpark(caller);
  }

  /** What becomes of a request. */
  sealed interface Outcome {

    /** The replies, one for each command; throws why there are none. */
    List<@Nullable Object> replies();

    record Answered(List<@Nullable Object> replies) implements Outcome {}

    /** Nothing was sent, so nothing has changed. */
    record NotSent(RuntimeException why) implements Outcome {
      @Override
      public List<@Nullable Object> replies() {
        throw why;
      }
    }

    /** Sent, but not answered. */
    record Unknown(RuntimeException why) implements Outcome {
      @Override
      public List<@Nullable Object> replies() {
        throw why;
      }
    }
  }

  /** Waits for the outcome; a request that was not sent in time never will be. */
  Outcome await(Duration atMost, Supplier<BackendException> notInTime) {
    var deadline = System.nanoTime() + atMost.toNanos();
    var interrupted = false;
    try {
      while (state.get() != State.SETTLED) {
        var left = deadline - System.nanoTime();
        if (left > 0 && !interrupted) {
          LockSupport.parkNanos(this, left);
          interrupted = Thread.interrupted();
        } else if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
          return new Outcome.NotSent(notInTime.get());
        } else if (left > 0) {
          // Cancelled, but on its way just now: the outcome is worth the short wait.
          LockSupport.parkNanos(this, left);
          Thread.interrupted();
        } else if (state.get() != State.SETTLED) {
          return new Outcome.Unknown(notInTime.get());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    var why = failure;
    if (why == null) {
      return new Outcome.Answered(replies);
    }
    return sent ? new Outcome.Unknown(why) : new Outcome.NotSent(why);
  }
}
