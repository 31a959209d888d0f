package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.conformance.server.Ports;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be wrong with a configuration, a bot or its groups, each on a bot of its own. */
final class Misconfigurations implements AutoCloseable {

  private static final TopicName PLANNING = new TopicName("planning");

  private final BotApiDouble server;
  private final TcpProxy proxy;
  private final List<AutoCloseable> open = new ArrayList<>();

  Misconfigurations(BotApiDouble server, TcpProxy proxy) {
    this.server = server;
    this.proxy = proxy;
  }

  List<Misconfiguration> table() {
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault(
            "wrong host",
            with("api_url", "http://no-such-host.invalid"),
            "no-such-host.invalid",
            "cannot be found",
            "api_url"),
        fault(
            "wrong port",
            with("api_url", "http://" + nobody),
            nobody,
            "nothing answers",
            "api_url"),
        fault(
            "TLS where there is none",
            with("api_url", "https://127.0.0.1:" + server.port()),
            "api_url"),
        fault(
            "wrong token",
            with("token", "123456:AAwrong-wrong-wrong-wrong-wrong-wrong"),
            "token",
            "@BotFather"),
        fault("no such chat", with("chat_map", "planning=-100999"), "no chat -100999", "chat_map"),
        fault(
            "no folder for the store",
            with("store_path", "/no/such/folder/telegram.db"),
            "/no/such/folder",
            "store_path"),
        fault(
            "a group that does not let the bot write",
            status("restricted"),
            "may not send",
            "chat"),
        fault("a group that threw the bot out", status("kicked"), "kicked", "add it"),
        fault("privacy mode", privacy(), "privacy mode", "/setprivacy", "administrator"),
        fault("a webhook", webhook(), "webhook", "deleteWebhook"),
        fault("a second poller", secondPoller(), "another program polls", "stop it"),
        fault("the store of another bot", storeOfAnother(), "store_path", "of bot"));
  }

  private Map<String, String> with(String key, String value) {
    var config = new HashMap<>(store().config());
    config.put(key, value);
    return config;
  }

  private TelegramStore store() {
    var store = new TelegramStore(server, proxy);
    open.addFirst(store);
    return store;
  }

  private Map<String, String> status(String status) {
    var store = store();
    store.group(PLANNING).members.put(store.bot().account.id(), status);
    return store.config();
  }

  private Map<String, String> privacy() {
    var store = store();
    store.bot().readsAll = false;
    return store.config();
  }

  private Map<String, String> webhook() {
    var store = store();
    store.bot().webhook = "https://example.org/hook";
    return store.config();
  }

  /** Another program that asks again whenever it is cut off; a session has noticed it before. */
  private Map<String, String> secondPoller() {
    var store = store();
    var poller = Thread.ofVirtual().start(() -> poll(store.bot().updates));
    open.addFirst(poller::interrupt);
    var feed = new RecordingFeed();
    try (var backend =
            OpenStore.as(
                new Handle("alice"),
                Sender.Kind.AGENT,
                new TelegramPlugin(),
                store.config(),
                store.file());
        var _ = backend.subscribe(PLANNING, feed)) {
      feed.untilInterrupted(1);
    }
    return store.config();
  }

  private static void poll(UpdateQueue updates) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(50);
        var _ = updates.poll(null, 100, Duration.ofMillis(100), null);
      } catch (InterruptedException over) {
        return;
      } catch (ApiError cutOff) {
        // As every client does, it asks again.
      }
    }
  }

  private Map<String, String> storeOfAnother() {
    var one = store();
    var another = store();
    try (var file =
        new StoreFile(
            TelegramSettings.from(OpenStore.config(new TelegramPlugin(), one.config())))) {
      file.version();
    }
    var config = new HashMap<>(another.config());
    config.put("store_path", one.file().toString());
    return config;
  }

  private static Misconfiguration fault(String what, Map<String, String> config, String... words) {
    return new Misconfiguration(what, config, List.of(words));
  }

  @Override
  public void close() {
    for (var each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
