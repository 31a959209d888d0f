package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/**
 * Socket Mode of the double: each event goes to one connection of its app, chosen at random, and
 * again to any of them when it was not acknowledged in three seconds.
 */
final class DoubleSockets {

  private final Map<String, Workspace> tickets = new ConcurrentHashMap<>();
  private final Map<WebSocket, Workspace> connections = new ConcurrentHashMap<>();
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicInteger envelopes = new AtomicInteger();
  private final AtomicInteger redelivered = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final AtomicInteger deaf = new AtomicInteger();
  private volatile Duration patience = Duration.ofSeconds(3);
  private volatile boolean doubling;
  private @Nullable Server server;

  private record Pending(Workspace workspace, ObjectNode event, int attempt) {}

  /** Starts listening at a free port, and gives it. */
  int start() {
    var started = new Server();
    server = started;
    return started.open();
  }

  void stop() {
    var running = server;
    server = null;
    if (running != null) {
      running.end();
    }
    connections.clear();
  }

  /** A ticket for one connection of an app. */
  String ticket(Workspace workspace) {
    var ticket = "ticket-" + envelopes.incrementAndGet();
    tickets.put(ticket, workspace);
    return ticket;
  }

  /** From now on every event is told twice. */
  void tellTwice() {
    doubling = true;
  }

  /** From now on an acknowledgement is waited for only so long, for tests to be short. */
  void patience(Duration atMost) {
    patience = atMost;
  }

  /** The next acknowledgements do not arrive. */
  void loseAcknowledgements(int times) {
    deaf.set(times);
  }

  int redelivered() {
    return redelivered.get();
  }

  long connections(Workspace workspace) {
    return of(workspace).size();
  }

  private List<WebSocket> of(Workspace workspace) {
    return connections.entrySet().stream()
        .filter(entry -> entry.getValue() == workspace && isThere(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  // To the library, one whose client leaves in the midst of its handshake may stay open for ever.
  private static boolean isThere(WebSocket connection) {
    return connection.isOpen() && ((WebSocketImpl) connection).getChannel().isOpen();
  }

  /** Tells an app of an event, a little later. */
  void tell(Workspace workspace, ObjectNode event) {
    for (var times = doubling ? 2 : 1; times > 0; times--) {
      later(new Pending(workspace, event, 0), workspace.someDelay());
    }
  }

  private void later(Pending told, Duration delay) {
    var _ = clock.schedule(() -> deliver(told), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void deliver(Pending told) {
    var open = of(told.workspace());
    if (open.isEmpty() || told.attempt() > 3) {
      return;
    }
    var id = "envelope-" + envelopes.incrementAndGet();
    var envelope = Workspace.message();
    envelope.put("type", "events_api");
    envelope.put("envelope_id", id);
    envelope.put("accepts_response_payload", false);
    envelope.put("retry_attempt", told.attempt());
    envelope.put("retry_reason", told.attempt() == 0 ? "" : "timeout");
    var payload = envelope.putObject("payload");
    payload.put("team_id", told.workspace().team());
    payload.put("type", "event_callback");
    payload.put("event_id", "Ev" + id);
    payload.set("event", told.event());
    pending.put(id, told);
    try {
      open.get(ThreadLocalRandom.current().nextInt(open.size())).send(envelope.toString());
    } catch (WebsocketNotConnectedException _) {
      // It goes again below.
    }
    var _ = clock.schedule(() -> again(id), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void again(String id) {
    var told = pending.remove(id);
    if (told != null) {
      redelivered.incrementAndGet();
      deliver(new Pending(told.workspace(), told.event(), told.attempt() + 1));
    }
  }

  /** Asks every connection of an app to come again, as Slack does every few hours. */
  void refresh(Workspace workspace) {
    farewell(workspace, "refresh_requested");
  }

  /** Says that an app's connections will be closed. */
  void farewell(Workspace workspace, String reason) {
    for (var connection : of(workspace)) {
      connection.send(
          Workspace.message().put("type", "disconnect").put("reason", reason).toString());
    }
  }

  /** Closes every connection of an app without a word before. */
  void closeAll(Workspace workspace) {
    of(workspace).forEach(connection -> connection.closeConnection(1006, "gone"));
  }

  private final class Server extends WebSocketServer {

    private final CountDownLatch started = new CountDownLatch(1);

    Server() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      setReuseAddr(true);
      setConnectionLostTimeout(0);
      setDaemon(true);
      setTcpNoDelay(true);
    }

    int open() {
      start();
      try {
        started.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return getPort();
    }

    void end() {
      try {
        stop(200);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
      var resource = handshake.getResourceDescriptor();
      var workspace = tickets.remove(resource.substring(resource.indexOf("ticket-")));
      if (workspace == null) {
        connection.close(1008, "not a valid ticket");
        return;
      }
      connections.put(connection, workspace);
      var hello = Workspace.message().put("type", "hello");
      hello.put("num_connections", of(workspace).size());
      connection.send(hello.toString());
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
      if (deaf.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        Envelope.of(message).id().ifPresent(pending::remove);
      }
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
      connections.remove(connection);
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception error) {
      // A client that is gone; it is seen when it closes.
    }
  }
}
