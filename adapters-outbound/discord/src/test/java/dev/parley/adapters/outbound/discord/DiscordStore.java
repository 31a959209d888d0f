package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A server of its own on the double, with a bot, a person, and what other software does there. */
final class DiscordStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 8_000;

  // The double is faster than what Discord is given credit for.
  private static final int SETTLING_MS = 50;
  static final List<String> FROM_THE_START =
      List.of(
          "planning",
          "elsewhere",
          "never-posted-to",
          "quiet",
          "parley-presence",
          "review",
          "secret");

  private final DiscordDouble discord;
  private final Realm realm;
  private final Realm.Bot bot;
  private final Realm.Bot otherBot;
  private final Realm.Guild guild;
  private final Realm.Person grace;
  private final MessageCalls calls;
  private final Map<TopicName, GuildChannel> channels = new ConcurrentHashMap<>();

  DiscordStore(DiscordDouble discord) {
    this.discord = discord;
    this.realm = discord.realm();
    this.bot = realm.newBot("parley-bot");
    this.otherBot = realm.newBot("weather");
    this.guild = realm.newGuild(bot, otherBot);
    this.grace = new Realm.Person(realm.newId(), "grace.hopper");
    this.calls = new MessageCalls(realm);
    guild.people.add(grace);
    // Participants join before a scenario names every topic.
    FROM_THE_START.forEach(name -> prepare(new TopicName(name)));
  }

  Realm.Bot bot() {
    return bot;
  }

  Realm.Guild guild() {
    return guild;
  }

  GuildChannel channel(TopicName topic) {
    return channels.computeIfAbsent(
        topic, _ -> realm.newChannel(guild, "topic-" + channels.size()));
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "token",
        bot.token,
        "channel_map",
        channels.entrySet().stream()
            .map(entry -> entry.getKey().value() + "=" + Shapes.id(entry.getValue().id))
            .collect(Collectors.joining("\n")),
        "api_url",
        discord.apiUrl(),
        "gateway_url",
        discord.gatewayUrl(),
        "settling_ms",
        Integer.toString(SETTLING_MS),
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  @Override
  public void prepare(TopicName topic) {
    var _ = channel(topic);
  }

  /** Discord keeps what nobody deletes, and gives no id twice. */
  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.TOPIC_RECREATED);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    realm.deleteChannel(channel(topic));
    channels.put(topic, realm.newChannel(guild, "again"));
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        record("a person's message", person(m -> m), shown("grace.hopper", "text")),
        record(
            "a file without a word",
            person(m -> withFile(m.put("content", ""))),
            shown("grace.hopper", "[file plan.pdf 1234 https://cdn.example/plan.pdf]")),
        record(
            "a file with words",
            person(DiscordStore::withFile),
            shown("grace.hopper", "text\n[file plan.pdf 1234 https://cdn.example/plan.pdf]")),
        record(
            "a sticker",
            person(m -> {
              m.put("content", "").putArray("sticker_items").addObject().put("name", "wave");
              return m;
            }),
            shown("grace.hopper", "[sticker wave]")),
        record("a member who joins", person(m -> m.put("type", 7)), new NotAtAll()),
        record("a message that is pinned", person(m -> m.put("type", 6)), new NotAtAll()),
        record("a thread that is opened", person(m -> m.put("type", 18)), new NotAtAll()),
        record("an event of a kind to come", person(m -> m.put("type", 99)), new NotAtAll()),
        record(
            "a message that is forwarded",
            person(m -> {
              m.put("content", "");
              m.putObject("message_reference").put("type", 1).put("message_id", "5");
              m.putArray("message_snapshots")
                  .addObject()
                  .putObject("message")
                  .put("content", "old");
              return m;
            }),
            shown("grace.hopper", "[forwarded] old")),
        record(
            "another bot",
            bot(otherBot, "**alice:** I am a bot"),
            shown("weather", "**alice:** I am a bot")),
        record("another bot's card", card(), shown("weather", "Sunny\nAll day")),
        record("the bot itself without a header", bot(bot, "hello"), shown("parley-bot", "hello")),
        record("a webhook of a person", webhook("alice"), shown("alice", "text")),
        record("buttons without text", person(m -> m.put("content", "")), new AsPlaceholder()),
        record("no author", person(m -> m.remove(List.of("author"))), new AsPlaceholder()),
        record(
            "a list for text",
            person(m -> {
              m.putArray("mentions").add("nobody");
              return m.put("content", "<@5>");
            }),
            new AsPlaceholder()));
  }

  private static ForeignRecord record(String what, Maker maker, Shown shown) {
    return new ForeignRecord(what, maker::make, shown);
  }

  /** Leaves a record in a topic. */
  private interface Maker {
    void make(TopicName topic);
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private static ObjectNode withFile(ObjectNode message) {
    message
        .putArray("attachments")
        .addObject()
        .put("id", "7")
        .put("filename", "plan.pdf")
        .put("size", 1234)
        .put("url", "https://cdn.example/plan.pdf")
        .put("proxy_url", "https://media.example/plan.pdf");
    return message;
  }

  private Maker person(UnaryOperator<ObjectNode> change) {
    return topic -> personPosts(topic, "text", change);
  }

  private void personPosts(TopicName topic, String content, UnaryOperator<ObjectNode> change) {
    var channel = channel(topic);
    var message = Shapes.message(realm.newId(), channel.id, grace.user(), content);
    realm.publish(channel, change.apply(message));
  }

  private Maker bot(Realm.Bot author, String content) {
    return topic ->
        calls.asBot(author, channel(topic), Shapes.JSON.objectNode().put("content", content));
  }

  private Maker card() {
    return topic -> {
      var body = Shapes.JSON.objectNode();
      body.putArray("embeds").addObject().put("title", "Sunny").put("description", "All day");
      calls.asBot(otherBot, channel(topic), body);
    };
  }

  private Maker webhook(String name) {
    return topic -> {
      var channel = channel(topic);
      var webhook = new GuildChannel.Webhook(realm.newId(), "Parley", "t", null, channel);
      channel.webhooks.add(webhook);
      calls.byWebhook(
          webhook, Shapes.JSON.objectNode().put("content", "text").put("username", name));
    };
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(
        new Person() {
          @Override
          public String handle() {
            return grace.name;
          }

          @Override
          public void post(TopicName topic, String content) {
            personPosts(topic, content, message -> message);
          }

          @Override
          public int notifications() {
            return grace.notifications.get();
          }

          @Override
          public int previews() {
            return grace.previews.get();
          }
        });
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(
        new Editor() {
          @Override
          public void edit(TopicName topic, String content, String replacement) {
            var message = channel(topic).withContent(content);
            var before = message.get("content").asText();
            message.put(
                "content", before.substring(0, before.length() - content.length()) + replacement);
            message.put("edited_timestamp", Shapes.timestamp(Instant.now()));
            realm.announce(channel(topic), "MESSAGE_UPDATE", message);
          }

          @Override
          public void delete(TopicName topic, String content) {
            var channel = channel(topic);
            var id = channel.withContent(content).get("id").asText();
            var _ = channel.remove(Long.parseUnsignedLong(id));
            realm.announce(
                channel,
                "MESSAGE_DELETE",
                Shapes.JSON.objectNode().put("id", id).put("channel_id", Shapes.id(channel.id)));
          }

          @Override
          public boolean leavesTombstones() {
            return false;
          }
        });
  }

  @Override
  public long serverObjects() {
    return discord.gateway().connectionsOf(bot);
  }

  @Override
  public void close() {
    realm.deleteGuild(guild);
  }
}
