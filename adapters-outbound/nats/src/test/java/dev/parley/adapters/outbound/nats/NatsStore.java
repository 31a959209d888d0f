package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.TopicFold;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The streams of one prefix on a server, and what other software does to them. */
final class NatsStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 3_000;

  private static final TopicFold FOLD =
      new TopicFold(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'), 128);

  private final NatsServer server;
  private final int clientPort;
  private final ForeignBridge bridge;
  private final String name;

  NatsStore(NatsServer server, int clientPort, ForeignBridge bridge, String name) {
    this.server = server;
    this.clientPort = clientPort;
    this.bridge = bridge;
    this.name = name;
  }

  private String prefix() {
    return name + "_";
  }

  String stream(TopicName topic) {
    return prefix() + FOLD.of(topic);
  }

  String subject(TopicName topic) {
    return name + "." + FOLD.of(topic);
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "servers",
        "nats://127.0.0.1:" + clientPort,
        "stream_prefix",
        prefix(),
        "subject_prefix",
        name,
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  /** Topics need no preparation: streams are made when first used. */
  @Override
  public void prepare(TopicName topic) {}

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.values());
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED -> bridge.trim(stream(topic), 2);
      case TOPIC_RECREATED -> {
        bridge.deleteStream(stream(topic));
        bridge.createStream(stream(topic), subject(topic));
      }
      case STORE_RESET -> bridge.deleteStreams(prefix());
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        record("as another bridge writes it", json("'in_reply_to':null"), shown("bob", "text")),
        record("a parent of another bridge", json("'in_reply_to':'1'"), shown("bob", "text")),
        record("a parent as a number", json("'in_reply_to':1"), shown("bob", "text")),
        record("a parent that is an object", json("'in_reply_to':{'id':1}"), shown("bob", "text")),
        record(
            "further fields", json("'tags':['a',{'b':[1]}],'sender':'eve'"), shown("eve", "text")),
        record("unreadable time", json("'ts':'yesterday'"), shown("bob", "text")),
        record("no time", "{'sender':'bob','content':'text'}", shown("bob", "text")),
        record("number for content", "{'sender':'bob','content':42}", shown("bob", "42")),
        record(
            "half a character", "{'sender':'bob','content':'a\\ud800b'}", shown("bob", "a\ufffdb")),
        record("NUL in content", "{'sender':'bob','content':'a\\u0000b'}", shown("bob", "a\0b")),
        record("no sender", "{'content':'text'}", shown("unknown", "text")),
        record("no content", "{'sender':'bob'}", new AsPlaceholder()),
        record("null content", "{'sender':'bob','content':null}", new AsPlaceholder()),
        record("a list for content", "{'sender':'bob','content':['text']}", new AsPlaceholder()),
        record("broken JSON", "{'sender':'bob','content':'te", new AsPlaceholder()),
        record("no object", "['bob','text']", new AsPlaceholder()),
        record("plain text", "hello there", new AsPlaceholder()),
        record("nothing at all", "", new AsPlaceholder()),
        new ForeignRecord(
            "bytes that are no text",
            topic ->
                bridge.publish(
                    subject(topic), new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, 0, '"'}),
            new AsPlaceholder()),
        new ForeignRecord(
            "1 MB of nothing",
            topic -> bridge.publish(subject(topic), new byte[1_000_000]),
            new AsPlaceholder()));
  }

  private static String json(String more) {
    return "{'sender':'bob','content':'text','ts':'2026-02-03T04:05:06.789Z'," + more + "}";
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord record(String what, String payload, Shown shown) {
    var bytes = payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new ForeignRecord(what, topic -> bridge.publish(subject(topic), bytes), shown);
  }

  /** There are no accounts of people: whoever writes here is a bridge. */
  @Override
  public Optional<Person> person() {
    return Optional.empty();
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  public long serverObjects() {
    return server.monitored("/varz", "connections") + server.monitored("/jsz", "consumers");
  }

  @Override
  public void close() {
    bridge.deleteStreams(prefix());
  }
}
