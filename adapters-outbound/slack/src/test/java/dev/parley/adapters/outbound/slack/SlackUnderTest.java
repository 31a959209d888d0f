package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.conformance.server.TestServer;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Slack backend as the suite tests it: each store is a workspace of one double. */
final class SlackUnderTest implements BackendUnderTest {

  private static final Duration TIMEOUT = Duration.ofMillis(SlackStore.REQUEST_TIMEOUT_MS);

  private final SlackPlugin plugin = new SlackPlugin();
  private final SlackDouble slack = new SlackDouble().started();

  SlackUnderTest() {
    warmUp();
  }

  /** Classes are loaded before the laws look at the time. */
  private void warmUp() {
    var topic = new TopicName("planning");
    try (var store = new SlackStore(slack)) {
      var config = new HashMap<>(store.config());
      config.put("request_timeout_ms", "60000");
      try (var session =
          OpenStore.as(
              new Handle("warm-up"), Sender.Kind.AGENT, plugin, config, Path.of("unused"))) {
        var _ = session.post(Draft.of(topic, "warm"));
        var _ = session.fetchRecent(topic, Window.latest(1));
      }
    }
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.doubleOf(
        "Slack", "2026-11", "emulate 0.12.2 (laws S01, S04 to S06 and S11 to S13)");
  }

  @Override
  public Store newStore() {
    return new SlackStore(slack);
  }

  /** Other bridges keep nothing in Slack that Parley would share. */
  @Override
  public Optional<ExistingStore> existingStore() {
    return Optional.empty();
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return Misconfigurations.table(slack);
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    var api = new ServerOutages(slack, slack.apiProxy(), TIMEOUT).of(kind);
    return Optional.of(
        switch (kind) {
          case RESTARTED, KILLED -> api;
          case THROTTLED -> new Throttling(slack, api.length());
          default ->
              new Both(
                  api, new ServerOutages(new Unaffected(), slack.socketProxy(), TIMEOUT).of(kind));
        });
  }

  /** An outage of both connections at once. */
  private record Both(Outage api, Outage socket) implements Outage {
    @Override
    public void strike() {
      socket.strike();
      api.strike();
    }

    @Override
    public Duration length() {
      return api.length();
    }

    @Override
    public void heal() {
      socket.heal();
      api.heal();
    }
  }

  /** Slack asks everybody to slow down. */
  private record Throttling(SlackDouble slack, Duration length) implements Outage {
    @Override
    public void strike() {
      slack.trouble().throttle(true);
    }

    @Override
    public void heal() {
      slack.trouble().throttle(false);
    }
  }

  /** A server of which only the way to it suffers. */
  private record Unaffected() implements TestServer {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void kill() {}

    @Override
    public void close() {}
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public void close() {
    slack.close();
  }
}
