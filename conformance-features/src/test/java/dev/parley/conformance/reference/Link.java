package dev.parley.conformance.reference;

import dev.parley.ports.BackendException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connection to a journal server: made in the background, made again when it breaks. */
final class Link implements AutoCloseable {

  private static final Duration BACKOFF = Duration.ofMillis(50);

  /** The request was written, and no answer came. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  private final String host;
  private final int port;
  private final String hello;
  private final Duration timeout;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, CompletableFuture<List<String>>> pending = new ConcurrentHashMap<>();
  private final Map<String, LiveTopic> live = new ConcurrentHashMap<>();
  private final Thread connecting;
  private volatile boolean closed;
  private CompletableFuture<Socket> connection = new CompletableFuture<>();
  private volatile @Nullable Instant connectedSince;
  private volatile @Nullable Instant failingSince;
  private volatile @Nullable String lastFailure;

  Link(String host, int port, String hello, Duration timeout) {
    this.host = host;
    this.port = port;
    this.hello = hello;
    this.timeout = timeout;
    this.connecting = Thread.ofVirtual().start(this::stayConnected);
  }

  @Nullable Instant connectedSince() {
    return connectedSince;
  }

  @Nullable String lastFailure() {
    return lastFailure;
  }

  /** Sends a request and waits for its answer, both within the timeout. */
  List<String> call(Object... operationAndArguments) throws NoAnswer {
    var deadline = System.nanoTime() + timeout.toNanos();
    var socket = connected(deadline);
    var number = "" + numbers.incrementAndGet();
    var answer = new CompletableFuture<List<String>>();
    pending.put(number, answer);
    try {
      send(socket, Fields.line(number) + "\t" + Fields.line(operationAndArguments));
      var fields = answer.get(left(deadline), TimeUnit.NANOSECONDS);
      if (fields.get(1).equals("refused")) {
        throw new BackendException.Misconfigured(
            "the journal server refused the request: " + fields.get(2));
      }
      return Fields.of(fields.get(2));
    } catch (TimeoutException e) {
      throw new NoAnswer("no answer within " + timeout.toMillis() + " ms");
    } catch (IOException | ExecutionException e) {
      throw new NoAnswer("the connection broke");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted");
    } finally {
      pending.remove(number);
    }
  }

  /** Has a topic's messages handed over, now and after every reconnection. */
  void add(LiveTopic topic) {
    var number = "" + numbers.incrementAndGet();
    topic.number(number);
    live.put(number, topic);
    var socket = openSocket();
    if (socket != null) {
      subscribe(socket, topic);
    }
  }

  void remove(LiveTopic topic) {
    live.remove(topic.number());
    var socket = openSocket();
    if (socket != null) {
      try {
        send(socket, Fields.line(numbers.incrementAndGet(), "unsubscribe", "", topic.number()));
      } catch (IOException e) {
        // A broken connection has no subscriptions.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    connecting.interrupt();
    closeQuietly(openSocket());
    try {
      connecting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connected(long deadline) {
    try {
      return current().get(left(deadline), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable();
    }
  }

  private BackendException unavailable() {
    return new BackendException.Unavailable(
        closed
            ? "this backend is closed"
            : "the journal server at %s:%d does not answer: check host and port, and that it runs"
                .formatted(host, port),
        failingSince,
        null);
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  private synchronized CompletableFuture<Socket> current() {
    return connection;
  }

  private @Nullable Socket openSocket() {
    var current = current();
    return current.isCompletedExceptionally() ? null : current.getNow(null);
  }

  private void stayConnected() {
    while (!closed) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), 1000);
        socket.setTcpNoDelay(true);
        serve(socket);
      } catch (IOException e) {
        failed("cannot reach %s:%d: %s".formatted(host, port, e.getMessage()));
      }
      try {
        Thread.sleep(BACKOFF);
      } catch (InterruptedException e) {
        break;
      }
    }
    live.clear();
    current().completeExceptionally(new IOException("closed"));
  }

  private void serve(Socket socket) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    send(socket, hello);
    synchronized (this) {
      live.values().forEach(topic -> subscribe(socket, topic));
      connection.complete(socket);
    }
    connectedSince = Instant.now();
    failingSince = null;
    try {
      for (var line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
        received(Fields.of(line));
      }
    } finally {
      lost();
    }
  }

  private void received(List<String> fields) {
    if (fields.getFirst().equals("live")) {
      var topic = live.get(fields.get(1));
      if (topic != null) {
        topic.message(Entry.of(Fields.of(fields.get(2))));
      }
      return;
    }
    var topic = live.get(fields.getFirst());
    if (topic != null) {
      topic.behind();
    }
    var answer = pending.get(fields.getFirst());
    if (answer != null) {
      answer.complete(fields);
    }
  }

  private void lost() {
    synchronized (this) {
      connection = new CompletableFuture<>();
    }
    failed("the journal server closed the connection");
    pending.values().forEach(p -> p.completeExceptionally(new IOException("connection lost")));
    if (!closed) {
      live.values().forEach(topic -> topic.interrupted(unavailable()));
    }
  }

  private void failed(String why) {
    lastFailure = why;
    connectedSince = null;
    if (failingSince == null) {
      failingSince = Instant.now();
    }
  }

  private void subscribe(Socket socket, LiveTopic topic) {
    try {
      send(socket, Fields.line(topic.number(), "subscribe", topic.topic()));
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  private static void send(Socket socket, String line) throws IOException {
    synchronized (socket) {
      var out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
      out.write(line + "\n");
      out.flush();
    }
  }

  private static void closeQuietly(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed either way.
      }
    }
  }
}
