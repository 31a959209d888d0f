package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.topic.TopicName;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the operations share: the Web API, and what is known of the workspace by now. */
final class Connection implements AutoCloseable {

  private final SlackSettings settings;
  private final Health health = new Health();
  private final Faults faults;
  private final ServerClock clock = new ServerClock();
  private final WebApi api;
  private final Account account;
  private final People people;
  private final Map<String, Settling> settlings = new ConcurrentHashMap<>();

  Connection(SlackSettings settings) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.api = new WebApi(settings, faults, clock);
    this.account = new Account(api, faults, settings);
    this.people = new People(api);
  }

  SlackSettings settings() {
    return settings;
  }

  Health health() {
    return health;
  }

  Faults faults() {
    return faults;
  }

  ServerClock clock() {
    return clock;
  }

  WebApi api() {
    return api;
  }

  Account account() {
    return account;
  }

  People people() {
    return people;
  }

  Settling settling(String channel) {
    return settlings.computeIfAbsent(channel, id -> new Settling(clock, settings.settling()));
  }

  /** The cursors of a topic: of its workspace, and of the channel that it has now. */
  StoreCursors cursors(TopicName topic, Deadline deadline) {
    return new StoreCursors(
        "slack", account.bot(deadline).team() + "/" + topic.value(), settings.channelOf(topic));
  }

  Records records(TopicName topic, StoreCursors cursors, Deadline deadline) {
    var bridges = new HashSet<>(settings.bridgeAccounts());
    var bot = account.bot(deadline);
    bridges.add(bot.id());
    bridges.add(bot.user());
    return new Records(topic, cursors, bridges, id -> people.handleOf(id, deadline));
  }

  @Override
  public void close() {
    api.close();
  }
}
