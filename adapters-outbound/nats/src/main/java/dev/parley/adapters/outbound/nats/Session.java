package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Unanswered.Why;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.ports.BackendException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for as long as it lasts. Every request has a token, under which its answers come
 * back on one subscription; the messages of live consumers are handled apart, so that a long page
 * does not hold them up.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration LAST_WORDS = Duration.ofMillis(300);
  // A consumer whose messages are dropped here is made again, and its readers are told.
  private static final int MOST_LIVE_MESSAGES = 32_768;
  private static final int MOST_LIVE_BYTES = 8 * 1_024 * 1_024;
  private static final int RADIX = 36;
  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final ServerFacts server;
  private final ConnectionEvents events;
  private final Faults faults;
  private final String name = NUID.nextGlobal();
  private final String answersTo;
  private final String liveTo;
  private final Dispatcher live;
  private final AtomicLong tokens = new AtomicLong();
  private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
  private final PullConsumers pullConsumers = new PullConsumers();
  private volatile @Nullable BackendException deaf;

  /**
   * A session over a connection that was just made.
   *
   * @param listener who is told every message of a live consumer
   */
  Session(Connection connection, ConnectionEvents events, Faults faults, LinkListener listener) {
    this.connection = connection;
    this.events = events;
    this.faults = faults;
    this.answersTo = "_INBOX." + name + ".a.";
    this.liveTo = "_INBOX." + name + ".l.";
    this.server = new ServerFacts(connection);
    events.onDenial(this::denied);
    var _ = connection.createDispatcher(this::answered).subscribe(answersTo + "*");
    this.live =
        connection.createDispatcher(message -> listener.received(consumerOf(message), message));
    live.setPendingLimits(MOST_LIVE_MESSAGES, MOST_LIVE_BYTES);
    var _ = events.ended().thenRun(this::failAll);
  }

  /** Completes when the connection is gone. */
  CompletableFuture<Void> ended() {
    return events.ended();
  }

  boolean hasEnded() {
    return events.ended().isDone();
  }

  /** The server at the other end. */
  ServerFacts server() {
    return server;
  }

  /** The consumers that readers of pages over this connection left for those who read on. */
  PullConsumers pullConsumers() {
    return pullConsumers;
  }

  /** A name that nothing else on the server has. */
  String newName() {
    return name + Long.toString(tokens.incrementAndGet(), RADIX);
  }

  /**
   * Listens to a live consumer that is about to be made, and says where it has to deliver. A
   * consumer sees a subscription to exactly its subject only; one with a wildcard is nobody to it.
   *
   * @throws Unanswered when the connection has ended meanwhile
   */
  String listenTo(String consumer) throws Unanswered {
    var subject = liveTo + consumer;
    try {
      var _ = live.subscribe(subject);
    } catch (IllegalStateException ended) {
      throw new Unanswered(Unanswered.Why.NOT_SENT);
    }
    return subject;
  }

  /** Stops listening to a live consumer. */
  void leave(String consumer) {
    try {
      var _ = live.unsubscribe(liveTo + consumer);
    } catch (IllegalStateException ended) {
      LOG.trace("the connection ended, and all that listened on it", ended);
    }
  }

  /** The consumer to which a message on the live subscription belongs. */
  private String consumerOf(Message live) {
    return live.isJetStream()
        ? live.metaData().getConsumer()
        : live.getSubject().substring(liveTo.length());
  }

  /** Sends a request and waits for its one answer. */
  Message request(String subject, byte[] body, Deadline deadline) throws Unanswered {
    return request(subject, null, body, deadline);
  }

  /** The same, with headers. */
  Message request(String subject, @Nullable Headers headers, byte[] body, Deadline deadline)
      throws Unanswered {
    try (var sent = send(List.of(newName()), subject, headers, body, answers -> true)) {
      return sent.await(deadline).getFirst();
    }
  }

  /** Sends a request without waiting. */
  Sent send(String subject, byte[] body, Predicate<List<Message>> complete) throws Unanswered {
    return send(List.of(newName()), subject, null, body, complete);
  }

  /**
   * Asks a pull consumer. Its messages come back under its name; what it says besides, under a name
   * of this request, which tells it from the last word on the request before.
   */
  Sent pull(String consumer, String subject, byte[] body, Predicate<List<Message>> complete)
      throws Unanswered {
    return send(List.of(newName(), consumer), subject, null, body, complete);
  }

  private Sent send(
      List<String> tokens,
      String subject,
      @Nullable Headers headers,
      byte[] body,
      Predicate<List<Message>> complete)
      throws Unanswered {
    if (deaf != null) {
      throw deaf;
    }
    var sent = new Sent(tokens, new Exchange(subject, complete));
    tokens.forEach(token -> exchanges.put(token, sent.exchange));
    if (hasEnded() || !publish(subject, answersTo + tokens.getFirst(), headers, body)) {
      sent.close();
      throw new Unanswered(Why.NOT_SENT);
    }
    return sent;
  }

  /** A request that is on its way; once closed, its answers are ignored. */
  final class Sent implements AutoCloseable {

    private final List<String> tokens;
    private final Exchange exchange;

    private Sent(List<String> tokens, Exchange exchange) {
      this.tokens = tokens;
      this.exchange = exchange;
    }

    /** Waits for all answers. */
    List<Message> await(Deadline deadline) throws Unanswered {
      return exchange.await(deadline);
    }

    @Override
    public void close() {
      tokens.forEach(exchanges::remove);
    }
  }

  /** Sends a request whose answer does not matter. */
  void tell(String subject) {
    var _ = publish(subject, null, null, NOTHING);
  }

  private boolean publish(
      String subject, @Nullable String replyTo, @Nullable Headers headers, byte[] body) {
    try {
      connection.publish(subject, replyTo, headers, body);
      return true;
    } catch (IllegalStateException closedOrFull) {
      return false;
    }
  }

  private void answered(Message message) {
    // What a pull consumer delivers bears the subject it was stored under; the consumer has the
    // token for its name.
    var token =
        message.isJetStream()
            ? message.metaData().getConsumer()
            : message.getSubject().substring(answersTo.length());
    var exchange = exchanges.get(token);
    if (exchange != null) {
      exchange.answered(message);
    }
  }

  // The server says so only by an error of the connection; the request itself is never answered.
  private void denied(ConnectionEvents.Denial denial) {
    var fault = faults.denied(denial);
    if (!denial.publish() && denial.subject().startsWith(answersTo)) {
      deaf = fault;
    }
    exchanges.values().stream()
        .filter(exchange -> concerns(denial, exchange.subject()))
        .forEach(exchange -> exchange.fail(fault));
  }

  private boolean concerns(ConnectionEvents.Denial denial, String subject) {
    if (denial.publish()) {
      return subject.equals(denial.subject());
    }
    // Without its subscription the request to make a live consumer is in vain.
    return denial.subject().startsWith(answersTo)
        || subject.endsWith(denial.subject().substring(denial.subject().lastIndexOf('.')));
  }

  /** Waits a moment, but not longer than the connection lasts. */
  void pause(Duration duration) {
    try {
      ended().get(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException _) {
      // The moment is over.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void failAll() {
    exchanges.values().forEach(exchange -> exchange.fail(new Unanswered(Why.CONNECTION_LOST)));
  }

  /** Lets out what was told, and ends the connection; takes as long as the library likes. */
  void close() {
    try {
      if (!hasEnded()) {
        connection.flush(LAST_WORDS);
      }
    } catch (TimeoutException _) {
      // The server no longer listens.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try {
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
