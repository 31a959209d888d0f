package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.support.TopicFold;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;

/** The rooms under one prefix on a homeserver, and what others do in them. */
final class MatrixStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 8_000;

  private static final TopicFold FOLD =
      new TopicFold(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0), 120);

  private final SynapseServer server;
  private final Accounts accounts;
  private final int clientPort;
  private final String prefix;
  private final List<TopicName> topics = new CopyOnWriteArrayList<>();
  private boolean withPerson;

  MatrixStore(SynapseServer server, Accounts accounts, int clientPort, String prefix) {
    this.server = server;
    this.accounts = accounts;
    this.clientPort = clientPort;
    this.prefix = prefix;
  }

  String localAlias(TopicName topic) {
    return prefix + FOLD.of(topic);
  }

  String alias(TopicName topic) {
    return "#%s:%s".formatted(localAlias(topic), SynapseServer.NAME);
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "homeserver_url",
        "http://127.0.0.1:" + clientPort,
        "user",
        Accounts.BOT,
        "password",
        Accounts.PASSWORD,
        "alias_prefix",
        prefix,
        "invite",
        accounts.grace().userId(),
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  /** Rooms are made when first used, or before where a person is to be in them from the start. */
  @Override
  public void prepare(TopicName topic) {
    topics.add(topic);
    if (withPerson) {
      letGraceIn(topic);
    }
  }

  private void letGraceIn(TopicName topic) {
    if (!accounts.bot().hasRoom(alias(topic))) {
      createRoom(topic);
    }
    enteredByGrace(topic);
  }

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.values());
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    var room = accounts.bot().awaitRoom(alias(topic));
    switch (loss) {
      case TRIMMED -> accounts.trim(room, 2);
      case TOPIC_RECREATED -> {
        accounts.deleteRoom(room);
        createRoom(topic);
      }
      case STORE_RESET -> accounts.deleteRoom(room);
    }
  }

  private String createRoom(TopicName topic) {
    var request = Json.object().put("preset", "private_chat");
    request.put("room_alias_name", localAlias(topic));
    request.putArray("invite").add(accounts.grace().userId());
    return accounts.bot().createRoom(request);
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        byGrace("a person's message", text("text"), shown("grace", "text")),
        byGrace("a notice", message("m.notice", "text"), shown("grace", "text")),
        byGrace("an emote", message("m.emote", "waves"), shown("grace", "/me waves")),
        byGrace("a kind of message to come", message("x.new", "text"), shown("grace", "text")),
        byGrace(
            "a person who poses as an agent",
            posed(text("**alice:** yes")),
            shown("grace", "**alice:** yes")),
        byBot("a person at the bridge's account", text("text"), shown("parley", "text")),
        byBot(
            "a sender that is none",
            text("text").put("dev.parley.sender", 42),
            shown("parley", "text")),
        byGrace("a reply with a quote", quoting(), shown("grace", "indeed")),
        byGrace("an image", image("cat.png"), shown("grace", "[file cat.png 12 KB mxc://a/b]")),
        byGrace(
            "an image with a caption",
            image("look").put("filename", "cat.png"),
            shown("grace", "look\n[file cat.png 12 KB mxc://a/b]")),
        byGrace("a blank body", text(" "), new AsPlaceholder()),
        record("a sticker", "m.sticker", sticker(), shown("grace", "[file wave ? mxc://a/s]")),
        record("an encrypted event", "m.room.encrypted", encrypted(), new AsPlaceholder()),
        foreign(
            "a reaction",
            (client, room) -> client.send(room, "m.reaction", reaction(latest(client, room))),
            new NotAtAll()),
        record("an event of another program", "x.foreign", Json.object(), new NotAtAll()),
        foreign(
            "an edit of what somebody else said",
            (client, room) -> client.edit(room, latest(client, room), "changed"),
            new NotAtAll()),
        new ForeignRecord(
            "a new name of the room",
            topic ->
                accounts
                    .bot()
                    .setState(room(topic), "m.room.name", Json.object().put("name", "renamed")),
            new NotAtAll()));
  }

  private static ObjectNode text(String body) {
    return message("m.text", body);
  }

  private static ObjectNode message(String kind, String body) {
    return Json.object().put("msgtype", kind).put("body", body);
  }

  private static ObjectNode posed(ObjectNode content) {
    content.putObject("dev.parley.sender").put("handle", "alice").put("kind", "agent");
    return content;
  }

  private static ObjectNode image(String body) {
    var content = message("m.image", body).put("url", "mxc://a/b");
    content.putObject("info").put("size", 12_345);
    return content;
  }

  private static ObjectNode sticker() {
    var content = Json.object().put("body", "wave").put("url", "mxc://a/s");
    content.putObject("info");
    return content;
  }

  private static ObjectNode quoting() {
    var content = text("> <@bob:parley.test> is it so?\n> really?\n\nindeed");
    content.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", "$before");
    return content;
  }

  private static ObjectNode encrypted() {
    return Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "AwgAEnACgA");
  }

  private static String latest(MatrixClient client, String room) {
    return client.latest(room, 1).path(0).path("event_id").asText();
  }

  private static ObjectNode reaction(String eventId) {
    var content = Json.object();
    content
        .putObject("m.relates_to")
        .put("rel_type", "m.annotation")
        .put("event_id", eventId)
        .put("key", "+1");
    return content;
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord byGrace(String what, ObjectNode content, Shown shown) {
    return record(what, "m.room.message", content, shown);
  }

  private ForeignRecord record(String what, String type, ObjectNode content, Shown shown) {
    return foreign(what, (client, room) -> client.send(room, type, content), shown);
  }

  private ForeignRecord byBot(String what, ObjectNode content, Shown shown) {
    return new ForeignRecord(
        what, topic -> accounts.bot().send(room(topic), "m.room.message", content), shown);
  }

  private ForeignRecord foreign(String what, BiConsumer<MatrixClient, String> write, Shown shown) {
    return new ForeignRecord(
        what, topic -> write.accept(accounts.grace(), enteredByGrace(topic)), shown);
  }

  private String room(TopicName topic) {
    return accounts.bot().awaitRoom(alias(topic));
  }

  private String enteredByGrace(TopicName topic) {
    var room = room(topic);
    Awaitility.await().ignoreExceptions().until(() -> accounts.grace().join(alias(topic)));
    return room;
  }

  /** Grace, who is let into every room that is spoken of. */
  @Override
  public Optional<Person> person() {
    withPerson = true;
    topics.forEach(this::letGraceIn);
    return Optional.of(
        new Person() {
          @Override
          public String handle() {
            return "grace";
          }

          @Override
          public void post(TopicName topic, String content) {
            accounts.grace().say(enteredByGrace(topic), content);
          }

          @Override
          public int notifications() {
            return topics.stream()
                .distinct()
                .mapToInt(topic -> accounts.grace().unread(room(topic), "highlight_count"))
                .sum();
          }

          // The server makes previews only when a client asks for them.
          @Override
          public int previews() {
            return 0;
          }
        });
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(
        new Editor() {
          @Override
          public void edit(TopicName topic, String content, String replacement) {
            var bot = accounts.bot();
            var event = bot.eventSaying(room(topic), content).path("event_id").asText();
            bot.edit(room(topic), event, replacement);
          }

          @Override
          public void delete(TopicName topic, String content) {
            var bot = accounts.bot();
            bot.redact(
                room(topic), bot.eventSaying(room(topic), content).path("event_id").asText());
          }

          @Override
          public boolean leavesTombstones() {
            return true;
          }
        });
  }

  @Override
  public long serverObjects() {
    return server.connections();
  }

  /** Rooms stay until the server goes. */
  @Override
  public void close() {}
}
