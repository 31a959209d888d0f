package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of one prefix on a server, and what other clients do in them. */
final class XmppStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 10_000;

  private final XmppServer server;
  private final int clientPort;
  private final String prefix;
  private final Set<String> rooms = new TreeSet<>();
  private Optional<GroupClient> grace = Optional.empty();

  XmppStore(XmppServer server, int clientPort, String prefix) {
    this.server = server;
    this.clientPort = clientPort;
    this.prefix = prefix;
  }

  @Override
  public Map<String, String> config() {
    return config(clientPort, prefix);
  }

  static Map<String, String> config(int port, String prefix) {
    return Map.of(
        "service",
        "xmpp://127.0.0.1:" + port,
        "domain",
        XmppServer.DOMAIN,
        "muc_service",
        XmppServer.ROOMS,
        "username",
        "parley",
        "password",
        XmppServer.PASSWORD,
        "room_prefix",
        prefix,
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  String room(TopicName topic) {
    var settings = XmppSettings.from(OpenStore.config(new XmppPlugin(), config()));
    return RoomAddress.of(topic, settings).toString();
  }

  /** Topics need no preparation: rooms are made when first used. */
  @Override
  public void prepare(TopicName topic) {
    rooms.add(room(topic));
  }

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.values());
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED -> server.trim(room(topic), 2);
      case TOPIC_RECREATED -> {
        destroy(Set.of(room(topic)));
        try (var other = server.client("parley")) {
          other.join(room(topic), "other");
        }
      }
      case STORE_RESET -> destroy(rooms);
    }
  }

  private void destroy(Set<String> some) {
    try (var owner = server.client("parley")) {
      some.forEach(owner::destroy);
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    var oob = "<x xmlns='jabber:x:oob'><url>https://example.com/a/plan.pdf</url></x>";
    return List.of(
        record("a plain message", "text", "", shown("text")),
        record(
            "a reply with a quote for others",
            "> alice: before\ntext",
            "<reply xmlns='urn:xmpp:reply:0' id='x'/><fallback xmlns='urn:xmpp:fallback:0'"
                + " for='urn:xmpp:reply:0'><body start='0' end='16'/></fallback>",
            shown("text")),
        record(
            "a quote that is longer than the text",
            "text",
            "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0'"
                + " end='99'/></fallback>",
            shown("text")),
        record(
            "a mention",
            "alice, look",
            "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='0' end='5'"
                + " uri='xmpp:x@y/alice'/>",
            shown("@alice, look")),
        record(
            "a mention of nothing",
            "text",
            "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='9' end='5' uri='::'/>",
            shown("text")),
        record(
            "a file",
            "https://example.com/a/plan.pdf",
            oob,
            shown("[file plan.pdf of unknown size https://example.com/a/plan.pdf]")),
        record(
            "a file with its size",
            "",
            "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>p"
                + " q.pdf</name><size>12000</size></file><sources><url-data"
                + " xmlns='http://jabber.org/protocol/url-data'"
                + " target='https://example.com/x'/></sources></file-sharing><store"
                + " xmlns='urn:xmpp:hints'/>",
            shown("[file p q.pdf 12 KB https://example.com/x]")),
        record(
            "an encrypted message",
            "I sent you an encrypted message",
            "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/></encrypted>",
            new AsPlaceholder()),
        record(
            "malformed elements of known names",
            "text",
            "<delay xmlns='urn:xmpp:delay' stamp='yesterday'/><replace xmlns='urn:x'/><stanza-id"
                + " xmlns='urn:xmpp:sid:0'/><x xmlns='http://jabber.org/protocol/muc#user'><item"
                + " jid='@@@'/></x>",
            shown("text")),
        record(
            "an element with 300 attributes",
            "text",
            "<e xmlns='urn:x'" + attributes() + "/>",
            shown("text")),
        record(
            "elements 100 deep",
            "text",
            "<e xmlns='urn:x'>".repeat(100) + "</e>".repeat(100),
            shown("text")),
        record("a receipt", "", "<received xmlns='urn:xmpp:receipts' id='1'/>", new NotAtAll()),
        record(
            "a reaction",
            "",
            "<reactions xmlns='urn:xmpp:reactions:0'"
                + " id='x'><reaction>+</reaction></reactions><store xmlns='urn:xmpp:hints'/>",
            new NotAtAll()),
        record(
            "a correction of nothing",
            "text",
            "<replace xmlns='urn:xmpp:message-correct:0' id='never'/>",
            new NotAtAll()));
  }

  private static String attributes() {
    var attributes = new StringBuilder();
    for (var n = 0; n < 300; n++) {
      attributes.append(" a").append(n).append("='x'");
    }
    return attributes.toString();
  }

  private static AsMessage shown(String content) {
    return new AsMessage("grace", content);
  }

  private ForeignRecord record(String what, String text, String more, Shown shown) {
    return new ForeignRecord(
        what, topic -> grace().in(room(topic)).client().say(room(topic), text, more), shown);
  }

  private GroupClient grace() {
    var client = grace.orElseGet(() -> new GroupClient(server.client("grace"), "grace"));
    grace = Optional.of(client);
    return client;
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(new PersonAtClient(grace(), this::room));
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(new EditorAtClient(server, this::room));
  }

  @Override
  public long serverObjects() {
    return server.sessions();
  }

  @Override
  public void close() {
    grace.ifPresent(GroupClient::close);
    destroy(rooms);
  }
}
