package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;

/** Topics in the chats of one bot, read from the store of what the bot has observed. */
@SecondaryAdapter
final class TelegramBackend implements Backend {

  private final TelegramSettings settings;
  private final Health health = new Health();
  private final BotApi api;
  private final StoreFile pages;
  private final StoreFile posting;
  private final StoreFile following;
  private final StoreFile polling;
  private final Tail tail;
  private final Poller poller;
  private final ChatCheck check;
  private final Readiness readiness;
  private final Posts posts;

  TelegramBackend(TelegramSettings settings, Self self) {
    this.settings = settings;
    var faults = new Faults(settings, health);
    this.api = new BotApi(settings);
    this.pages = new StoreFile(settings);
    this.posting = new StoreFile(settings);
    this.following = new StoreFile(settings);
    this.polling = new StoreFile(settings);
    this.tail = new Tail(following, settings, health);
    this.check = new ChatCheck(api, pages, settings, faults);
    this.poller = new Poller(api, polling, settings, faults, check, tail::poke);
    this.readiness = new Readiness(check, pages, poller);
    this.posts = new Posts(api, posting, readiness, settings, faults, self);
    poller.start();
  }

  @Override
  public MessageId post(Draft draft) {
    try {
      var id = posts.post(draft);
      health.answered();
      return id;
    } finally {
      tail.poke();
    }
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var chat = settings.chatOf(topic);
    readiness.require(chat);
    return pages.read(
        (connection, positions) -> new Pages(connection, positions, topic, chat).read(window));
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    var _ = settings.chatOf(topic);
    return tail.subscribe(topic, feed);
  }

  /** People that were seen, and else the administrators, whom a bot may ask for. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    var seen = pages.read((connection, _) -> People.accountOf(connection, handle));
    return new BackendIdentity(handle, seen != null ? seen : administrator(handle));
  }

  private @Nullable String administrator(Handle handle) {
    for (var chat : settings.chats().values()) {
      try {
        for (var member : api.administrators(chat)) {
          var person = People.Person.of(member);
          if (person.handle().equalsIgnoreCase(handle.value())) {
            return Long.toString(person.account());
          }
        }
      } catch (CallFailed notAnswered) {
        // A private chat has none, and what is wrong with a chat is said when it is used.
      }
    }
    return null;
  }

  @Override
  public About about() {
    var username = check.knownUsername();
    return new About(
        "Telegram Bot API",
        null,
        settings.place(),
        username == null ? "bot " + settings.bot() : "@" + username,
        TelegramPlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    api.close();
    poller.close();
    tail.close();
    pages.close();
    posting.close();
    following.close();
    polling.close();
  }
}
