package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * How to make one connection, and the threads it lives on. Closing ends the threads, unless they
 * were told to be kept until the connection is gone.
 */
final class ConnectionOptions implements AutoCloseable {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
  // After two pings without an answer the connection counts as dead.
  private static final Duration PING_INTERVAL = Duration.ofSeconds(4);
  private static final int MOST_PINGS_OUT = 2;

  private final NatsSettings settings;
  private final String clientName;
  private final ConnectionEvents events;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(daemons());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons());
  private boolean kept;

  ConnectionOptions(NatsSettings settings, String clientName, ConnectionEvents events) {
    this.settings = settings;
    this.clientName = clientName;
    this.events = events;
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().daemon().name("parley-nats-", 0).factory();
  }

  /**
   * The options of one attempt.
   *
   * @param known further servers, as the last connection's told
   */
  Options build(Collection<String> known) {
    // Within one request timeout there is to be room for a second attempt.
    var attempt = settings.timeout().dividedBy(3);
    var builder =
        new Options.Builder()
            .servers(addresses(known).toArray(String[]::new))
            .connectionName(clientName)
            .noReconnect()
            .connectionTimeout(attempt.compareTo(LONGEST_CONNECT) < 0 ? attempt : LONGEST_CONNECT)
            .socketWriteTimeout(null)
            .pingInterval(PING_INTERVAL)
            .maxPingsOut(MOST_PINGS_OUT)
            .requestCleanupInterval(Duration.ZERO)
            .errorListener(events)
            .connectionListener(events)
            .executor(threads)
            .connectExecutor(threads)
            .callbackExecutor(new CallerRuns())
            .scheduledExecutor(timer);
    addCredentials(builder);
    var tls = settings.tls();
    if (tls.required()) {
      builder.sslContext(new TlsFiles(tls).context());
    }
    if (tls.first()) {
      builder.tlsFirst();
    }
    return builder.build();
  }

  private Collection<String> addresses(Collection<String> known) {
    var addresses = new LinkedHashSet<String>();
    settings.servers().forEach(server -> addresses.add(server.url()));
    // Servers tell each other's addresses, for which certificates seldom hold.
    if (!settings.tls().required()) {
      addresses.addAll(known);
    }
    return addresses;
  }

  private void addCredentials(Options.Builder builder) {
    switch (settings.credentials()) {
      case Credentials.Anonymous() -> {}
      case Credentials.UserAndPassword(var user, var password) ->
          builder.userInfo(user.toCharArray(), password.toCharArray());
      case Credentials.Token(var token) -> builder.token(token.toCharArray());
      case Credentials.NKeyFile(var file) -> builder.authHandler(nkey(file));
      case Credentials.CredsFile(var file) -> builder.authHandler(creds(file));
    }
  }

  private static AuthHandler nkey(Path file) {
    var seed =
        lines(Credentials.NKEY_FILE.name(), file).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("SU"))
            .findFirst()
            .orElseThrow(() ->
                Misconfigured.of(
                    Credentials.NKEY_FILE.name(),
                    "is %s, which holds no seed of a user: name a file with a line that begins with SU"
                        .formatted(file)));
    return Nats.staticCredentials(null, seed.toCharArray());
  }

  private static AuthHandler creds(Path file) {
    var lines = lines(Credentials.CREDS_FILE.name(), file);
    if (lines.stream().noneMatch(line -> line.contains("BEGIN NATS USER JWT"))
        || lines.stream().noneMatch(line -> line.contains("BEGIN USER NKEY SEED"))) {
      throw Misconfigured.of(
          Credentials.CREDS_FILE.name(),
          "is %s, which holds no credentials: name a file as `nsc generate creds` writes it"
              .formatted(file));
    }
    return Nats.staticCredentials(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String setting, Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw Misconfigured.of(
          setting,
          "names %s, which cannot be read: correct the path, or let this user read the file"
              .formatted(file),
          unreadable);
    }
  }

  /** Keeps the threads until a connection has ended. */
  void keepUntil(CompletableFuture<Void> ended) {
    kept = true;
    var _ = ended.thenRun(this::endThreads);
  }

  // The library goes on using them while it closes, so they are not interrupted.
  private void endThreads() {
    threads.shutdown();
    timer.shutdown();
  }

  @Override
  public void close() {
    if (!kept) {
      endThreads();
    }
  }

  /** Reports come in order, and before the attempt that they explain is over. */
  private static final class CallerRuns extends AbstractExecutorService {
    @Override
    public void execute(Runnable report) {
      report.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
