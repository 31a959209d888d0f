package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.RateLimited;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one event queue for all topics: registers it, polls it, and when the server has thrown it
 * away registers another one. What the server said about itself then serves every other call.
 */
final class Link implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofMillis(700);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Who hears what happens in the channel; told by one thread. */
  interface Listener {

    /** A queue reaches the channel from now on; something may have been missed before. */
    void up(Registration registration, boolean anew);

    /** Events come no more. */
    void down(BackendException why);

    /**
     * An event of the queue.
     *
     * @return false when the channel is no longer what it was, so that a new queue is needed
     */
    boolean event(JsonNode event);
  }

  private final ZulipApi api;
  private final Registering registering;
  private final Faults faults;
  private final Health health;
  private final Listener listener;
  private final Duration timeout;
  // A platform thread: loading what HTTP needs would hold up a carrier of virtual threads.
  private final Thread thread =
      Thread.ofPlatform().daemon().name("parley-zulip-link").unstarted(this::run);
  private final Registrations known;

  Link(
      ZulipApi api,
      Registering registering,
      Faults faults,
      Health health,
      Listener listener,
      Duration timeout) {
    this.api = api;
    this.registering = registering;
    this.faults = faults;
    this.known = new Registrations(faults);
    this.health = health;
    this.listener = listener;
    this.timeout = timeout;
  }

  /** What the server said about itself last. */
  Registrations known() {
    return known;
  }

  void start() {
    thread.start();
  }

  private void run() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      while (!known.isClosed()) {
        var made = register();
        if (made == null) {
          known.pause(backoff.next());
          continue;
        }
        backoff.reset();
        follow(made);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private @Nullable Registration register() throws InterruptedException {
    known.begin();
    try {
      var made = registering.register(Deadline.in(timeout));
      health.runs(made.version());
      health.answered();
      if (known.made(made)) {
        listener.up(made, true);
        return made;
      }
      leave(made);
      throw new InterruptedException("closed");
    } catch (BackendException fault) {
      failed(fault);
      return null;
    }
  }

  /** Hands on the events of a queue until it is gone. */
  private void follow(Registration queue) throws InterruptedException {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    var last = queue.lastEvent();
    var up = true;
    while (!known.isClosed()) {
      try {
        // After a failure the server is asked for an answer at once, which shows that it is back.
        var events = poll(queue, last, !up);
        backoff.reset();
        if (!up) {
          up = true;
          health.answered();
          listener.up(queue, false);
        }
        for (var event : events) {
          // What was not acknowledged comes again.
          if (event.path("id").asLong() > last) {
            last = event.path("id").asLong();
            if (!listener.event(event)) {
              leave(queue);
              return;
            }
          }
        }
      } catch (Refusal refusal) {
        if (refusal.is(Refusal.QUEUE_IS_GONE)) {
          return;
        }
        up = false;
        lost(faults.of(refusal), backoff);
      } catch (NoAnswer none) {
        up = false;
        lost(faults.of(none), backoff);
      } catch (RateLimited limited) {
        up = false;
        lost(limited, backoff);
      }
    }
  }

  private JsonNode poll(Registration queue, long last, boolean atOnce) throws NoAnswer, Refusal {
    var parameters =
        Map.of(
            "queue_id", queue.queue(),
            "last_event_id", Long.toString(last),
            "dont_block", Boolean.toString(atOnce));
    var patience = atOnce ? timeout : queue.patience().plus(GRACE);
    return api.get("/events", parameters, patience).body().path("events");
  }

  private void lost(BackendException why, Backoff backoff) throws InterruptedException {
    if (known.isClosed()) {
      return;
    }
    health.failed(why.getMessage());
    listener.down(why);
    known.pause(backoff.next());
  }

  private void failed(BackendException fault) {
    health.failed(fault.getMessage());
    known.failed(fault);
    listener.down(fault);
  }

  private void leave(Registration queue) {
    registering.leave(queue.queue(), Deadline.in(FAREWELL));
  }

  /** Ends the queue; does not wait for a server that no longer answers. */
  @Override
  public void close() {
    var last = known.end();
    thread.interrupt();
    if (last != null) {
      leave(last);
    }
  }
}
