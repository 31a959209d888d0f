package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.adapters.outbound.zulip.realm.RealmChannel;
import dev.parley.adapters.outbound.zulip.realm.StoredMessage;
import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A channel of the double, its bot, and what other people do there. */
final class ZulipStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 10_000;

  private final ZulipDouble server;
  private final int clientPort;
  private final String name;
  private final Account bot;
  private final Account person;
  private final Account otherBridge;
  private final Account stranger;
  private final Topics topics = new Topics(Map.of());
  private RealmChannel channel;

  ZulipStore(ZulipDouble server, int clientPort, String name) {
    this.server = server;
    this.clientPort = clientPort;
    this.name = name;
    this.bot = server.realm().bot("Parley of " + name);
    this.person = server.realm().person("Grace Hopper of " + name);
    this.otherBridge = server.realm().bot("Other bridge of " + name);
    this.stranger = server.realm().bot("Stranger of " + name);
    this.channel = newChannel();
  }

  private RealmChannel newChannel() {
    return server.realm().channel(name, bot, person, otherBridge, stranger);
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "site_url",
        "http://127.0.0.1:" + clientPort,
        "email",
        bot.email(),
        "api_key",
        bot.apiKey(),
        "stream",
        name,
        "bridge_accounts",
        otherBridge.email(),
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  /** Topics need no preparation: Zulip makes them when somebody posts. */
  @Override
  public void prepare(TopicName topic) {}

  private List<StoredMessage> messages(TopicName topic) {
    return server.realm().topic(channel, topics.nameOf(topic));
  }

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.values());
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED -> {
        var all = messages(topic);
        server.realm().delete(all.subList(0, all.size() - 2));
      }
      case TOPIC_RECREATED -> server.realm().delete(messages(topic));
      case STORE_RESET -> {
        server.realm().archive(channel);
        channel = newChannel();
      }
    }
  }

  void postAsBridge(TopicName topic, String content) {
    post(bot, topic, content);
  }

  private void post(Account sender, TopicName topic, String content) {
    var _ = server.realm().send(sender, channel, topics.nameOf(topic), content);
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    var grace = MentionNames.handle(person.fullName(), person.id());
    return List.of(
        by(otherBridge, "another bridge", "**carol:** text", shown("carol", "text")),
        by(
            otherBridge,
            "another bridge's person",
            "**dave (person):** text",
            shown("dave", "text")),
        by(bot, "software with the bot's key", "text", shown(handle(bot), "text")),
        by(
            stranger,
            "a bot that is no bridge",
            "**eve:** text",
            shown(handle(stranger), "**eve:** text")),
        by(
            person,
            "a mention by name",
            "@**%s** look".formatted(person.fullName()),
            shown(grace, "@%s look".formatted(grace))),
        by(person, "a mass mention", "@**all** look", shown(grace, "@**all** look")),
        by(
            person,
            "an attachment",
            "see [plan.pdf](/user_uploads/2/a1/b2/plan.pdf)",
            shown(
                grace,
                "see [file plan.pdf ? http://127.0.0.1:%d/user_uploads/2/a1/b2/plan.pdf]"
                    .formatted(clientPort))),
        by(person, "an action", "/me waves", shown(grace, "/me waves")),
        by(
            server.realm().noticeBot(),
            "a notice of Zulip",
            "This topic was moved here by @_**Grace|2**.",
            new NotAtAll()));
  }

  private static String handle(Account account) {
    return MentionNames.handle(account.fullName(), account.id());
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord by(Account sender, String what, String content, Shown shown) {
    return new ForeignRecord(what, topic -> post(sender, topic, content), shown);
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(
        new Person() {
          @Override
          public String handle() {
            return ZulipStore.handle(person);
          }

          @Override
          public void post(TopicName topic, String content) {
            ZulipStore.this.post(person, topic, content);
          }

          @Override
          public int notifications() {
            return server.realm().notifications(person);
          }

          @Override
          public int previews() {
            return server.realm().previews(person);
          }
        });
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(
        new Editor() {
          @Override
          public void edit(TopicName topic, String content, String replacement) {
            var message = find(topic, content);
            server.realm().edit(message.id(), message.content().replace(content, replacement));
          }

          @Override
          public void delete(TopicName topic, String content) {
            server.realm().delete(List.of(find(topic, content)));
          }

          @Override
          public boolean leavesTombstones() {
            return false;
          }
        });
  }

  private StoredMessage find(TopicName topic, String content) {
    return messages(topic).stream()
        .filter(message -> message.content().endsWith(" " + content))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public long serverObjects() {
    return server.realm().queues();
  }

  @Override
  public void close() {
    server.realm().archive(channel);
  }
}
