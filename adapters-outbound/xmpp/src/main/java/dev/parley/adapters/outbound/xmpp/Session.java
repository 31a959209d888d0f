package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MAM;
import static dev.parley.adapters.outbound.xmpp.Namespaces.PING;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.xmpp.Unanswered.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is logged in, until it ends; it never comes back, a new one takes its place.
 * Smack's stream management is not used: it would send anew what the server may have stored.
 */
final class Session implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration FAREWELL = Duration.ofMillis(700);

  private final Stream stream;
  private final Listener listener;
  private final Map<String, CompletableFuture<Xml>> answers = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Xml>> archives = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile long heardAt = System.nanoTime();
  private volatile @Nullable EntityFullJid address;

  /** Who hears of what comes from rooms. */
  interface Listener {

    /** A message or presence; told by one thread, in order. */
    void received(Session session, Xml stanza);

    /** The connection is gone. */
    void lost(Session session);
  }

  Session(XmppSettings settings, Listener listener) throws IOException {
    this.listener = listener;
    SmackSetup.ensure();
    this.stream = new Stream(ConnectionOptions.of(settings), this::isAwaited, this::received);
    stream.setReplyTimeout(settings.attempt().toMillis());
    stream.setParsingExceptionCallback(
        unread -> LOG.debug("a stanza could not be read", unread.getParsingException()));
    stream.addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connectionClosedOnError(Exception cause) {
            LOG.debug("the connection was lost", cause);
            end();
          }

          @Override
          public void connectionClosed() {
            end();
          }
        });
  }

  /** Connects and logs in; closes when that fails. */
  void open() throws SmackException, IOException, XMPPException, InterruptedException {
    var done = false;
    try {
      stream.connect();
      stream.login();
      address = stream.getUser();
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** The own account. */
  EntityBareJid account() {
    var own = address;
    if (own == null) {
      throw new IllegalStateException("not logged in yet");
    }
    return own.asEntityBareJid();
  }

  boolean isEncrypted() {
    return stream.isSecureConnection();
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  /** How long nothing has come. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  private boolean isAwaited(@Nullable String id) {
    return id != null && answers.containsKey(id);
  }

  private void received(Xml stanza) {
    heardAt = System.nanoTime();
    if (stanza.name().equals("iq")) {
      var id = stanza.attribute("id");
      var answer = id == null ? null : answers.remove(id);
      if (answer != null) {
        answer.complete(stanza);
      }
      return;
    }
    var result = stanza.child("result", MAM);
    if (result.isEmpty()) {
      listener.received(this, stanza);
      return;
    }
    var query = result.get().attribute("queryid");
    var archive = query == null ? null : archives.get(query);
    if (archive != null) {
      archive.accept(stanza);
    }
  }

  /** Hears of results until it is closed. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** Hears of the results of a query of an archive, until that is closed. */
  Listening listenTo(String query, Consumer<Xml> results) {
    archives.put(query, results);
    return () -> archives.remove(query);
  }

  /** A name that nobody guesses. */
  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Sends without waiting for anything. */
  void send(Stanza stanza) throws Unanswered {
    try {
      stream.sendStanza(stanza);
    } catch (NotConnectedException _) {
      throw new Unanswered(Why.NOT_SENT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unanswered(Why.INTERRUPTED);
    }
  }

  /** Sends a request, to be asked for its answer later. */
  CompletableFuture<Xml> begin(IQ request) throws Unanswered {
    var id = newId();
    var answer = new CompletableFuture<Xml>();
    request.setStanzaId(id);
    answers.put(id, answer);
    var _ = answer.whenComplete((_, _) -> answers.remove(id, answer));
    if (hasEnded()) {
      answer.completeExceptionally(new IOException("ended"));
    }
    try {
      send(request);
    } catch (Unanswered unanswered) {
      answer.cancel(false);
      throw unanswered;
    }
    return answer;
  }

  /** Waits for the answer to a request. */
  Xml await(CompletableFuture<Xml> answer, Deadline deadline) throws Unanswered, Refused {
    var stanza = result(answer, deadline);
    if ("error".equals(stanza.attribute("type"))) {
      throw Refused.by(stanza);
    }
    return stanza;
  }

  /** Waits for something that comes over this connection, if it comes at all. */
  <T> T result(CompletableFuture<T> future, Deadline deadline) throws Unanswered {
    try {
      return Deadlines.get(future, deadline.left());
    } catch (TimeoutException _) {
      future.cancel(false);
      throw new Unanswered(Why.TOO_LATE);
    } catch (ExecutionException _) {
      throw new Unanswered(Why.CONNECTION_LOST);
    } catch (InterruptedException _) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new Unanswered(Why.INTERRUPTED);
    }
  }

  /** Asks, and waits for the answer. */
  Xml ask(IQ request, Deadline deadline) throws Unanswered, Refused {
    return await(begin(request), deadline);
  }

  /** Asks the server for a sign of life; without one the connection counts as dead. */
  void checkAlive(Deadline deadline) {
    try {
      var _ = ask(Request.get(stream.getXMPPServiceDomain(), "ping", PING), deadline);
    } catch (Refused _) {
      // An answer all the same.
    } catch (Unanswered unanswered) {
      if (unanswered.why() != Why.INTERRUPTED) {
        stream.instantShutdown();
        end();
      }
    }
  }

  private void end() {
    if (ended.complete(null)) {
      answers.values().forEach(answer -> answer.completeExceptionally(new IOException("ended")));
      listener.lost(this);
    }
  }

  /** Takes leave of the server, but does not wait long for it. */
  @Override
  public void close() {
    var farewell =
        Thread.startVirtualThread(() -> {
          stream.setReplyTimeout(FAREWELL.toMillis());
          stream.disconnect();
        });
    try {
      if (!farewell.join(FAREWELL.multipliedBy(2))) {
        stream.instantShutdown();
      }
    } catch (InterruptedException _) {
      stream.instantShutdown();
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Whether a stanza is an error of this kind of stanza. */
  static boolean isError(Xml stanza) {
    return "error".equals(stanza.attribute("type")) && stanza.namespace().equals(CLIENT);
  }
}
