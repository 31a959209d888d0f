package dev.parley.conformance.reference;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The reference backend, or a mutant of it, on a host that can fail. */
public final class ReferenceUnderTest implements BackendUnderTest {

  private static final Duration OUTAGE = Duration.ofMillis(400);

  /** Longer than a request may take, so that the outcome of a post becomes unknown. */
  private static final Duration FREEZE = Duration.ofMillis(2500);

  private final BackendPlugin plugin;
  private final JournalHost host;

  /** The backend on a host, as it should be or as a mutant; whoever started the host ends it. */
  public ReferenceUnderTest(BackendPlugin plugin, JournalHost host) {
    this.plugin = plugin;
    this.host = host;
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.real("Journal server", "1");
  }

  @Override
  public Store newStore() {
    return new ReferenceStore(UUID.randomUUID().toString().replace("-", ""), host.port());
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var name = "existing" + UUID.randomUUID().toString().replace("-", "");
    var topic = new TopicName("planning");
    var lines =
        List.of(
            Fields.line("raw", 1, topic, "message|alice|first"),
            Fields.line("raw", 2, topic, "broken"),
            Fields.line("raw", 3, topic, "join|bob"),
            Fields.line("raw", 4, topic, "message|bob|second"));
    try {
      Files.write(host.folder().resolve(name + ".journal"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new ExistingStore(
            new ReferenceStore(name, host.port()),
            topic,
            List.of(
                new ExistingStore.Entry("alice", "first"),
                new ExistingStore.Entry(null, null),
                new ExistingStore.Entry("bob", "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    var port = "" + host.port();
    return List.of(
        new Misconfiguration(
            "wrong port",
            Map.of("port", "" + unusedPort(), "store", "s1", "request_timeout_ms", "1000"),
            List.of("journal server", "check host and port")),
        new Misconfiguration(
            "unusable store name",
            Map.of("port", port, "store", "../etc"),
            List.of("'store'", "letters and digits")));
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.of(
        switch (kind) {
          case RESTARTED -> of(OUTAGE, host::stop, host::start);
          case KILLED -> of(OUTAGE, host::kill, host::start);
          case CUT -> of(OUTAGE, host.proxy()::cut, host.proxy()::mend);
          case FROZEN -> of(FREEZE, host.proxy()::freeze, host.proxy()::thaw);
          case DELAYED ->
              of(
                  OUTAGE,
                  () -> host.proxy().delay(Duration.ofMillis(50)),
                  () -> host.proxy().delay(Duration.ZERO));
          case THROTTLED ->
              of(
                  OUTAGE,
                  () -> host.proxy().throttle(20_000),
                  () -> host.proxy().throttle(Integer.MAX_VALUE));
        });
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  /** Short, since the mutants lose what is waited for; the sound backend runs with the same. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void close() {
    // The host goes on: it may serve the next run.
  }

  private static Outage of(Duration length, Runnable strike, Runnable heal) {
    return new Outage() {
      @Override
      public void strike() {
        strike.run();
      }

      @Override
      public Duration length() {
        return length;
      }

      @Override
      public void heal() {
        heal.run();
      }
    };
  }

  private static int unusedPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
