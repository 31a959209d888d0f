package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.process.ParticipantProcess;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A double of Telegram, one bot on it with its groups and its store, and whoever uses it. */
final class Fixture {

  static final TopicName TOPIC = new TopicName("planning");

  final BotApiDouble server = new BotApiDouble();
  final TcpProxy proxy;
  final TelegramStore store;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  Fixture() {
    server.start();
    proxy = new TcpProxy(server.port());
    store = new TelegramStore(server, proxy);
  }

  BotAccount bot() {
    return store.bot();
  }

  Telegram telegram() {
    return server.telegram();
  }

  Group group() {
    return store.group(TOPIC);
  }

  Account grace() {
    return store.grace();
  }

  Backend open(String handle) {
    return open(handle, Map.of());
  }

  Backend open(String handle, Map<String, String> settings) {
    var config = new TreeMap<>(store.config());
    config.putAll(settings);
    return keep(
        OpenStore.as(
            new Handle(handle),
            Sender.Kind.AGENT,
            new TelegramPlugin(),
            config,
            Path.of("unused")));
  }

  ParticipantProcess process(String handle) {
    return keep(
        ParticipantProcess.start(TelegramPlugin.class, store.config(), handle, Path.of("unused")));
  }

  private <T extends AutoCloseable> T keep(T opened) {
    open.push(opened);
    return opened;
  }

  /** A feed on the topic, once it is live. */
  RecordingFeed follow(Backend backend) {
    var feed = new RecordingFeed();
    open.push(backend.subscribe(TOPIC, feed));
    return feed.untilBehind(1);
  }

  MessageId post(Backend backend, String content) {
    return backend.post(Draft.of(TOPIC, content));
  }

  /** Grace says something. */
  void say(String text) {
    telegram().say(group(), grace(), m -> m.put("text", text));
  }

  List<Message> history(Backend backend) {
    return latest(backend).messages();
  }

  Page latest(Backend backend) {
    return backend.fetchRecent(TOPIC, Window.latest(1_000));
  }

  List<String> contents(Backend backend) {
    return history(backend).stream().map(Message::content).toList();
  }

  /** Waits until the history is this long. */
  List<Message> history(Backend backend, int size) {
    soon().until(() -> history(backend).size() >= size);
    return history(backend);
  }

  static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }

  /** Ends everything, and fails where the description of the API was violated. */
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    store.close();
    proxy.close();
    server.close();
  }
}
