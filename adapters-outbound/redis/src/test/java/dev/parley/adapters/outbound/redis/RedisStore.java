package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys with one prefix on a server, and what other software does to them. */
final class RedisStore implements Store {

  private static final int TOO_LARGE = 5_000_000;

  private final RedisCli cli;
  private final String prefix;
  private final Map<String, String> config;

  RedisStore(RedisCli cli, String prefix, Map<String, String> config) {
    this.cli = cli;
    this.prefix = prefix;
    this.config = config;
  }

  @Override
  public Map<String, String> config() {
    return config;
  }

  /** Topics need no preparation: a stream is made by its first entry. */
  @Override
  public void prepare(TopicName topic) {}

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.values());
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED -> run("XTRIM", stream(topic), "MAXLEN", "2");
      case TOPIC_RECREATED -> run("DEL", stream(topic));
      case STORE_RESET -> run("FLUSHALL");
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        record("unreadable time", "sender bob content text ts yesterday", shown("bob", "text")),
        record("no time", "sender bob content text in_reply_to \"\"", shown("bob", "text")),
        record("no sender", "content text", shown("unknown", "text")),
        record("no content", "sender bob ts \"\"", new AsPlaceholder()),
        record("fields of another kind", "level info line 42", new AsPlaceholder()),
        record("broken UTF-8", "sender bob content \"a\\xffb\"", shown("bob", "a\ufffdb")),
        record("NUL in content", "sender bob content \"a\\x00b\"", shown("bob", "a\0b")),
        record("content twice", "content one sender bob content two", shown("bob", "two")),
        record("another order", "in_reply_to x content text sender bob", shown("bob", "text")),
        record("odd name", "sender \" b\\xc3\\xb6b !\" content text", shown(" b\u00f6b !", "text")),
        new ForeignRecord("5 MB of content", this::addTooLarge, new AsPlaceholder()));
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord record(String what, String fields, Shown shown) {
    return new ForeignRecord(
        what, topic -> cli.type(RedisCli.line("XADD", stream(topic), "*") + fields), shown);
  }

  private void addTooLarge(TopicName topic) {
    cli.runWithLast(new byte[TOO_LARGE], "XADD", stream(topic), "*", "sender", "bob", "content");
  }

  private String stream(TopicName topic) {
    return prefix + topic.value();
  }

  private void run(String... words) {
    cli.run(words);
  }

  /** There are no accounts: whoever writes here is a bridge. */
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
    return cli.run("CLIENT", "LIST").lines().filter(line -> line.contains("name=parley")).count();
  }

  /** What is left is gone with the server. */
  @Override
  public void close() {}
}
