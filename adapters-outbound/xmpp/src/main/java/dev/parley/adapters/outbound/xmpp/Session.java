package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.PING;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.xmpp.Unanswered.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
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
 * One that broke has not ended yet: it may be resumed (XEP-0198), and then lost nothing.
 */
final class Session implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration FAREWELL = Duration.ofMillis(700);

  private final Stream stream;
  private final Listener listener;
  private final Answers answers = new Answers();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile CompletableFuture<Void> broken = new CompletableFuture<>();
  private volatile long heardAt = System.nanoTime();
  private volatile @Nullable EntityFullJid address;

  /** Who hears of what comes from rooms. */
  interface Listener {

    /** A message or presence; told by one thread, in order. */
    void received(Session session, Xml stanza);

    /** The connection broke, and may yet be resumed. */
    void interrupted(Session session);

    /** The connection was resumed. */
    void resumed(Session session);

    /** The connection is gone. */
    void lost(Session session);
  }

  Session(XmppSettings settings, Listener listener) throws IOException {
    this.listener = listener;
    SmackSetup.ensure();
    this.stream = new Stream(ConnectionOptions.of(settings), answers::isAwaited, this::received);
    stream.setReplyTimeout(settings.attempt().toMillis());
    stream.setParsingExceptionCallback(
        unread -> LOG.debug("a stanza could not be read", unread.getParsingException()));
    stream.addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connectionClosedOnError(Exception cause) {
            LOG.debug("the connection was lost", cause);
            broke();
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
    return Objects.requireNonNull(address, "not logged in yet").asEntityBareJid();
  }

  boolean isEncrypted() {
    return stream.isSecureConnection();
  }

  /** Whether the server lets the stream go on where it broke off. */
  boolean isResumable() {
    return stream.isSmResumptionPossible();
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  /** Whether it has neither broken nor ended. */
  boolean isUp() {
    return !broken.isDone() && !hasEnded();
  }

  /** Waits for so long at most, or until it is no longer up. */
  void awaitTrouble(Duration atMost) throws InterruptedException {
    try {
      var _ = CompletableFuture.anyOf(broken, ended).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // All is well.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Tries to go on after it broke; it has ended unless it does, or the server is out of reach. */
  void resume() throws SmackException, IOException, XMPPException, InterruptedException {
    try {
      stream.connect();
      stream.login();
      heardAt = System.nanoTime();
      broken = new CompletableFuture<>();
      listener.resumed(this);
      if (!stream.isAuthenticated()) {
        // It broke again before it counted as whole.
        broke();
      }
    } catch (SmackException | IOException | XMPPException | RuntimeException failure) {
      // The library's threads may tell of an attempt that got further when the next is under way,
      // and end that as well: one more is made with a new stream.
      if (!(failure instanceof EndpointConnectionException) || !stream.canBeResumed()) {
        end();
      }
      throw failure;
    }
  }

  /** How long nothing has come. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  private void received(Xml stanza) {
    heardAt = System.nanoTime();
    if (!answers.received(stanza)) {
      listener.received(this, stanza);
    }
  }

  /** Hears of the results of a query of an archive, until that is closed. */
  Answers.Listening listenTo(String query, Consumer<Xml> results) {
    return answers.listenTo(query, results);
  }

  /** A name that nobody guesses. */
  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Sends without waiting for anything. */
  void send(Stanza stanza) throws Unanswered {
    if (!isUp()) {
      throw new Unanswered(Why.NOT_SENT);
    }
    try {
      stream.sendStanza(stanza);
    } catch (NotConnectedException _) {
      throw new Unanswered(Why.NOT_SENT);
    } catch (InterruptedException _) {
      if (stream.isDisconnectedButSmResumptionPossible()) {
        // Nobody was interrupted: so the library says that it broke.
        throw new Unanswered(Why.NOT_SENT);
      }
      Thread.currentThread().interrupt();
      throw new Unanswered(Why.INTERRUPTED);
    }
  }

  /** Sends a request, to be asked for its answer later. */
  CompletableFuture<Xml> begin(IQ request) throws Unanswered {
    var id = newId();
    var answer = answers.expect(id);
    request.setStanzaId(id);
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
        broke();
      }
    }
  }

  private void broke() {
    if (stream.isAuthenticated()) {
      // Told too late: it has been resumed since.
      return;
    }
    if (!stream.canBeResumed()) {
      end();
    } else if (broken.complete(null)) {
      answers.fail();
      listener.interrupted(this);
    }
  }

  private void end() {
    if (ended.complete(null)) {
      answers.fail();
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
