package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.telegram.CallFailed.Refused;
import dev.parley.adapters.outbound.telegram.Polling.State;
import dev.parley.adapters.outbound.telegram.Polling.Trouble;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls for updates while this process has the turn, and waits for the turn else. Updates are
 * stored before the next request confirms them; what was stored and not confirmed comes again and
 * is recognised by its id.
 */
final class Poller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final Duration ASK_FOR_TURN = Duration.ofMillis(250);
  private static final Duration LAST_ROUND = Duration.ofSeconds(1);
  private static final Duration UPKEEP = Duration.ofMinutes(1);

  /** What loading the libraries may take on a machine that has a lot else to do. */
  private static final Duration LOADING = Duration.ofSeconds(20);

  /** After so many undisturbed polls in a row nobody else polls any more. */
  private static final int CALM = 2;

  private final BotApi api;
  private final StoreFile store;
  private final TelegramSettings settings;
  private final Faults faults;
  private final ChatCheck check;
  private final Runnable onStored;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final CountDownLatch verdict = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable BackendException storeTrouble;
  private State noted = State.FINE;
  private int undisturbed;
  private @Nullable Instant upkeepAt;

  Poller(
      BotApi api,
      StoreFile store,
      TelegramSettings settings,
      Faults faults,
      ChatCheck check,
      Runnable onStored) {
    this.check = check;
    this.api = api;
    this.store = store;
    this.settings = settings;
    this.faults = faults;
    this.onStored = onStored;
    this.thread = Thread.ofPlatform().daemon().name("parley-telegram-poller").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** Waits until it is known how polling goes, here or in the process that has the turn. */
  void awaitVerdict() {
    try {
      var atMost = settings.timeout().multipliedBy(2).plus(LOADING);
      verdict.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    var trouble = storeTrouble;
    if (trouble != null) {
      throw trouble;
    }
  }

  private void work() {
    introduce();
    while (!closed) {
      try (var turn = turn()) {
        if (turn != null) {
          noted = store.read((connection, _) -> Polling.state(connection));
          storeTrouble = null;
          poll();
        } else {
          storeTrouble = null;
        }
      } catch (BackendException trouble) {
        storeTrouble = trouble;
      } catch (RuntimeException bug) {
        LOG.error("polling failed and starts again", bug);
      }
      verdict.countDown();
      pause(ASK_FOR_TURN);
    }
  }

  // A first call costs a fresh process a second of loading, which no post should have to wait for.
  private void introduce() {
    try {
      check.me();
    } catch (BackendException saidWhenUsed) {
      LOG.debug("the bot cannot be asked yet", saidWhenUsed);
    }
  }

  // The store is opened first: it makes the folder, and says best what is wrong with it.
  private @Nullable PollingTurn turn() {
    store.read((_, _) -> Boolean.TRUE);
    return PollingTurn.take(settings.store());
  }

  /** Polls until closed: the first time for what is there, then patiently. */
  private void poll() {
    Long offset = null;
    var patiently = false;
    while (!closed) {
      try {
        var updates = api.updates(offset, patiently ? settings.pollTimeout() : Duration.ZERO);
        store(updates);
        // An empty answer confirmed all before it; the numbers that follow may be any.
        offset = updates.isEmpty() ? null : last(updates) + 1;
        succeeded(patiently);
        patiently = true;
      } catch (CallFailed failure) {
        offset = null;
        failed(failure);
      }
      verdict.countDown();
    }
  }

  private void store(List<ObjectNode> answer) {
    var now = Instant.now();
    var updates =
        answer.stream()
            .map(update -> new IncomingUpdate(update, settings.bot()))
            .sorted(Comparator.comparingLong(IncomingUpdate::number))
            .toList();
    if (!updates.isEmpty()) {
      store.write((connection, _) -> {
        var first = updates.getFirst().number();
        Polling.cameTo(connection, first, updates.getLast().number(), now.toEpochMilli());
        for (var update : updates) {
          update.storeIn(connection);
        }
        return true;
      });
      onStored.run();
    }
    if (upkeepAt == null || upkeepAt.isBefore(now.minus(UPKEEP)) || hasOverdue(now)) {
      upkeepAt = now;
      upkeep(now);
    }
  }

  private static long last(List<ObjectNode> updates) {
    return updates.stream().mapToLong(u -> u.path("update_id").asLong()).max().orElseThrow();
  }

  private boolean hasOverdue(Instant now) {
    return store.read((connection, _) -> Intents.hasOverdue(connection, now));
  }

  private void upkeep(Instant now) {
    store.write((connection, _) -> {
      Polling.polledAt(connection, now.toEpochMilli());
      Intents.settleOverdue(connection, now);
      if (settings.retention() != null) {
        var before = now.minus(settings.retention()).toEpochMilli();
        Sql.run(connection, "DELETE FROM messages WHERE at < ?", before);
      }
      return true;
    });
    onStored.run();
  }

  private void succeeded(boolean patiently) {
    backoff.reset();
    undisturbed = patiently ? undisturbed + 1 : 0;
    if (noted.trouble() != Trouble.CONFLICT || undisturbed >= CALM) {
      note(State.FINE);
    }
  }

  private void failed(CallFailed failure) {
    if (closed) {
      return;
    }
    undisturbed = 0;
    var trouble = Trouble.of(failure);
    note(
        new State(
            trouble,
            trouble == Trouble.UNREACHABLE
                ? String.valueOf(faults.of(failure, 0).getMessage())
                : ""));
    pause(
        failure instanceof Refused refused && refused.retryAfter() != null
            ? Duration.ofSeconds(refused.retryAfter())
            : backoff.next());
  }

  private void note(State state) {
    if (!state.equals(noted)) {
      store.write((connection, _) -> {
        Polling.note(connection, state);
        return true;
      });
      noted = state;
      onStored.run();
    }
  }

  private void pause(Duration pause) {
    if (!closed) {
      LockSupport.parkNanos(this, pause.toNanos());
    }
  }

  /** Ends polling; the call that is running has to be ended by closing what makes the calls. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_ROUND);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
