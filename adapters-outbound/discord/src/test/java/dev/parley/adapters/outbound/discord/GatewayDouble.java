package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The gateway of the double: version 10, JSON, no compression. */
final class GatewayDouble {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int DISPATCH = 0;
  private static final int HEARTBEAT = 1;
  private static final int IDENTIFY = 2;
  private static final int RESUME = 6;
  private static final int RECONNECT = 7;
  private static final int INVALID_SESSION = 9;
  private static final int HELLO = 10;
  private static final int ACK = 11;
  private static final int GUILD_MESSAGES = 1 << 9;
  private static final int MESSAGE_CONTENT = 1 << 15;

  /** One session: what it was told, and the connection it is told by, while there is one. */
  private static final class Session {
    final String id = UUID.randomUUID().toString();
    final Realm.Bot bot;
    final int intents;
    final List<String> told = new ArrayList<>();
    @Nullable WebSocket connection;

    Session(Realm.Bot bot, int intents) {
      this.bot = bot;
      this.intents = intents;
    }
  }

  private final Realm realm;
  private final int port;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private volatile String urlToResume;
  private volatile Duration heartbeat = Duration.ofMillis(41_250);
  private volatile boolean acknowledges = true;
  private final AtomicInteger identified = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private @Nullable Server server;

  GatewayDouble(Realm realm, int port) {
    this.realm = realm;
    this.port = port;
    this.urlToResume = "ws://127.0.0.1:" + port;
    realm.tell(this::tell);
  }

  /** What clients are told to come back to. */
  void urlToResume(String url) {
    urlToResume = url;
  }

  void heartbeat(Duration interval) {
    heartbeat = interval;
  }

  void acknowledges(boolean heartbeats) {
    acknowledges = heartbeats;
  }

  /** How many sessions were begun. */
  int identified() {
    return identified.get();
  }

  /** How many sessions were taken up again. */
  int resumed() {
    return resumed.get();
  }

  void start() {
    var started = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    started.setReuseAddr(true);
    started.setTcpNoDelay(true);
    started.setConnectionLostTimeout(0);
    started.setDaemon(true);
    started.start();
    try {
      if (!started.listening.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gateway does not listen at " + port);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    server = started;
  }

  /** Ends in good order: clients are asked to come back, and may resume. */
  void stop() {
    askToReconnect();
    end();
  }

  /** Ends without a word, and forgets its sessions. */
  void kill() {
    sessions.clear();
    end();
  }

  private void end() {
    try {
      if (server != null) {
        server.stop(200);
        server = null;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opcode 7. */
  void askToReconnect() {
    connections().forEach(connection -> send(connection, RECONNECT, null));
  }

  /** Opcode 9: the session is over. */
  void invalidate() {
    connections()
        .forEach(connection -> send(connection, INVALID_SESSION, Shapes.JSON.booleanNode(false)));
    sessions.clear();
  }

  /** Closes every connection with a code. */
  void close(int code) {
    connections().forEach(connection -> connection.close(code, "as the test wants"));
  }

  /** How many connections a bot has. */
  long connectionsOf(Realm.Bot bot) {
    return sessions.values().stream()
        .filter(session -> session.bot == bot)
        .filter(session -> {
          var connection = session.connection;
          return connection != null && connection.isOpen();
        })
        .count();
  }

  private List<WebSocket> connections() {
    return server == null ? List.of() : List.copyOf(server.getConnections());
  }

  private void tell(Realm.Guild guild, String type, ObjectNode data) {
    for (var session : sessions.values()) {
      if (guild.bots.contains(session.bot) && (session.intents & GUILD_MESSAGES) != 0) {
        dispatch(session, type, Realm.seenBy(session.bot, data));
      }
    }
  }

  private void dispatch(Session session, String type, JsonNode data) {
    synchronized (session) {
      var payload =
          Shapes.JSON
              .objectNode()
              .put("op", DISPATCH)
              .put("s", session.told.size() + 1)
              .put("t", type);
      payload.set("d", data);
      var text = payload.toString();
      session.told.add(text);
      if (session.connection != null && session.connection.isOpen()) {
        session.connection.send(text);
      }
    }
  }

  private static void send(WebSocket connection, int op, @Nullable JsonNode data) {
    if (connection.isOpen()) {
      var payload = Shapes.JSON.objectNode().put("op", op).putNull("s").putNull("t");
      payload.set("d", data == null ? Shapes.JSON.nullNode() : data);
      connection.send(payload.toString());
    }
  }

  private void identify(WebSocket connection, JsonNode data) {
    var bot = realm.bot("Bot " + data.path("token").asText());
    if (bot.isEmpty()) {
      connection.close(4004, "Authentication failed.");
      return;
    }
    var intents = data.path("intents").asInt();
    if ((intents & MESSAGE_CONTENT) != 0 && !bot.get().readsContent()) {
      connection.close(4014, "Disallowed intent(s).");
      return;
    }
    var session = new Session(bot.get(), intents);
    identified.incrementAndGet();
    synchronized (session) {
      session.connection = connection;
      sessions.put(session.id, session);
      dispatch(session, "READY", Payloads.ready(session.id, session.bot, realm, urlToResume));
      realm
          .guildsOf(session.bot)
          .forEach(guild -> dispatch(session, "GUILD_CREATE", Payloads.whole(guild)));
    }
  }

  private void resume(WebSocket connection, JsonNode data) {
    var session = sessions.get(data.path("session_id").asText());
    if (session == null || !session.bot.token.equals(data.path("token").asText())) {
      send(connection, INVALID_SESSION, Shapes.JSON.booleanNode(false));
      return;
    }
    resumed.incrementAndGet();
    synchronized (session) {
      session.connection = connection;
      var missed = List.copyOf(session.told.subList(data.path("seq").asInt(), session.told.size()));
      missed.forEach(connection::send);
      dispatch(session, "RESUMED", Shapes.JSON.objectNode());
    }
  }

  private final class Server extends WebSocketServer {
    private final CountDownLatch listening = new CountDownLatch(1);

    Server(InetSocketAddress address) {
      super(address, 1);
    }

    @Override
    public void onStart() {
      listening.countDown();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
      send(
          connection,
          HELLO,
          Shapes.JSON.objectNode().put("heartbeat_interval", heartbeat.toMillis()));
    }

    @Override
    public void onMessage(WebSocket connection, String text) {
      try {
        var payload = MAPPER.readTree(text);
        switch (payload.path("op").asInt()) {
          case HEARTBEAT -> {
            if (acknowledges) {
              send(connection, ACK, null);
            }
          }
          case IDENTIFY -> identify(connection, payload.path("d"));
          case RESUME -> resume(connection, payload.path("d"));
          default -> {}
        }
      } catch (JsonProcessingException unreadable) {
        connection.close(4002, "Decode error.");
      }
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
      // A client that says that it goes (1000, 1001) ends its session.
      if (remote && (code == 1000 || code == 1001)) {
        sessions.values().removeIf(session -> connection.equals(session.connection));
      }
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception failure) {
      if (connection == null) {
        System.err.println("the gateway double fails: " + failure);
      }
    }
  }
}
