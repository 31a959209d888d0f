package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the double of Discord knows: bots, servers, and what happens there. */
final class Realm {

  static final int CONTENT_INTENT = 1 << 19;
  private static final int OVERTAKEN = 4;
  private static final Duration SLACK = Duration.ofMillis(10);
  private static final long EPOCH = 1_420_070_400_000L;

  /** A bot, its application and its token. */
  static final class Bot {
    final long id;
    final long application;
    final String name;
    final String token;
    volatile int flags = CONTENT_INTENT;

    Bot(long id, long application, String name, String token) {
      this.id = id;
      this.application = application;
      this.name = name;
      this.token = token;
    }

    ObjectNode user() {
      return Shapes.user(id, name, true);
    }

    boolean readsContent() {
      return (flags & CONTENT_INTENT) != 0;
    }
  }

  /** Who hears of events. */
  interface Audience {
    void event(Guild guild, String type, ObjectNode data);
  }

  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Guild> guilds = new ConcurrentHashMap<>();
  private final Map<Long, GuildChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, Bot> bots = new ConcurrentHashMap<>();
  private final List<Audience> audience = new CopyOnWriteArrayList<>();
  private volatile Duration overtaking = Duration.ZERO;

  void tell(Audience whom) {
    audience.add(whom);
  }

  /** Has one message of a few become visible up to so long after it got its id, and no later. */
  void overtaking(Duration atMost) {
    overtaking = atMost;
  }

  /** A new id: later than all before. */
  long newId() {
    return lastId.updateAndGet(
        last -> Math.max(last + 1, (System.currentTimeMillis() - EPOCH) << 22));
  }

  Bot newBot(String name) {
    var id = newId();
    var bot = new Bot(id, id, name, "MTIz.%s.secret-of-%s".formatted(id, name));
    bots.put(bot.token, bot);
    return bot;
  }

  Optional<Bot> bot(@Nullable String authorization) {
    return authorization != null && authorization.startsWith("Bot ")
        ? Optional.ofNullable(bots.get(authorization.substring(4)))
        : Optional.empty();
  }

  Guild newGuild(Bot... members) {
    var guild = new Guild(newId(), List.of(members));
    guilds.put(guild.id, guild);
    return guild;
  }

  GuildChannel newChannel(Guild guild, String name) {
    var channel = new GuildChannel(newId(), guild, name);
    channels.put(channel.id, channel);
    guild.channels.add(channel);
    return channel;
  }

  void deleteChannel(GuildChannel channel) {
    channels.remove(channel.id);
    channel.guild.channels.remove(channel);
  }

  void deleteGuild(Guild guild) {
    guilds.remove(guild.id);
    guild.channels.forEach(channel -> channels.remove(channel.id));
  }

  Optional<GuildChannel> channel(String id) {
    return Snowflake.parse(id).map(channels::get);
  }

  Optional<Guild> guild(String id) {
    return Snowflake.parse(id).map(guilds::get);
  }

  List<Guild> guildsOf(Bot bot) {
    return guilds.values().stream().filter(guild -> guild.bots.contains(bot)).toList();
  }

  Optional<GuildChannel.Webhook> webhook(String id) {
    return channels.values().stream()
        .flatMap(channel -> channel.webhooks.stream())
        .filter(webhook -> Shapes.id(webhook.id()).equals(id))
        .findFirst();
  }

  /** Stores a message under an id that it has, perhaps after one that got its own later. */
  void publish(GuildChannel channel, ObjectNode message) {
    var most = overtaking.toNanos();
    if (most > 0 && ThreadLocalRandom.current().nextInt(OVERTAKEN) == 0) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }
    // One at a time, and no page in between: what is late is late for everybody.
    synchronized (channel) {
      var age = System.currentTimeMillis() - Snowflake.millisOf(message.get("id").asLong());
      if (age > overtaking.plus(SLACK).toMillis()) {
        // The machine is slow, which must not make the double later than it says it is.
        Shapes.number(message, newId());
      }
      channel.add(message);
      announce(channel, "MESSAGE_CREATE", message);
    }
  }

  void announce(GuildChannel channel, String type, ObjectNode data) {
    var event = data.deepCopy().put("guild_id", Shapes.id(channel.guild.id));
    audience.forEach(whom -> whom.event(channel.guild, type, event));
  }

  /** The message as a bot sees it: without the intent only its own have content. */
  static ObjectNode seenBy(Bot bot, ObjectNode message) {
    var author = message.path("author").path("id").asText();
    if (bot.readsContent() || author.equals(Shapes.id(bot.id)) || !message.has("content")) {
      return message;
    }
    var seen = message.deepCopy().put("content", "");
    seen.putArray("attachments");
    seen.putArray("embeds");
    return seen;
  }

  /** A server. */
  static final class Guild {
    final long id;
    final List<Bot> bots;
    final List<GuildChannel> channels = new CopyOnWriteArrayList<>();
    final List<Person> people = new CopyOnWriteArrayList<>();

    Guild(long id, List<Bot> bots) {
      this.id = id;
      this.bots = List.copyOf(bots);
    }

    ObjectNode json() {
      var json = Shapes.guild(id, "a server");
      json.putArray("roles").add(Shapes.role(id, GuildChannel.USUAL));
      return json;
    }

    List<ObjectNode> users() {
      var users = new ArrayList<ObjectNode>();
      bots.forEach(bot -> users.add(bot.user()));
      people.forEach(person -> users.add(person.user()));
      return users;
    }
  }

  /** A person at an ordinary client. */
  static final class Person {
    final long id;
    final String name;
    final AtomicInteger notifications = new AtomicInteger();
    final AtomicInteger previews = new AtomicInteger();

    Person(long id, String name) {
      this.id = id;
      this.name = name;
    }

    ObjectNode user() {
      return Shapes.user(id, name, false);
    }
  }
}
