package dev.parley.conformance.reference;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store of the journal server. */
final class ReferenceStore implements Store {

  private final String name;
  private final int port;

  ReferenceStore(String name, int port) {
    this.name = name;
    this.port = port;
  }

  @Override
  public Map<String, String> config() {
    return Map.of("port", "" + port, "store", name, "request_timeout_ms", "2000");
  }

  @Override
  public void prepare(TopicName topic) {
    // Any name is a topic of this store.
  }

  @Override
  public Set<Loss> losses() {
    return EnumSet.allOf(Loss.class);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED -> ask("trim", topic, 2);
      case TOPIC_RECREATED -> ask("trim", topic, 0);
      case STORE_RESET -> ask("reset", topic);
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        foreign(
            "another layout", "message|carol|hello", new ForeignRecord.AsMessage("carol", "hello")),
        foreign("a missing field", "message|carol", new ForeignRecord.AsPlaceholder()),
        foreign("no layout at all", "{\"broken\":", new ForeignRecord.AsPlaceholder()),
        foreign("somebody joining", "join|carol", new ForeignRecord.NotAtAll()),
        foreign(
            "an attachment",
            "file|carol|plan.pdf|12 KB|https://example.com/plan.pdf",
            new ForeignRecord.AsMessage(
                "carol", "[file plan.pdf 12 KB https://example.com/plan.pdf]")));
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(new AtClient());
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(new InJournal());
  }

  @Override
  public long serverObjects() {
    return Long.parseLong(ask("clients", "").getFirst());
  }

  @Override
  public void close() {
    ask("reset", "");
  }

  private ForeignRecord foreign(String what, String raw, ForeignRecord.Shown shown) {
    return new ForeignRecord(what, topic -> ask("foreign", topic, raw), shown);
  }

  private List<String> ask(Object... request) {
    return with("UNVERIFIED", "outside", link -> call(link, request));
  }

  private <T> T with(String kind, String handle, Function<Link, T> use) {
    var hello = Fields.line(name, handle, kind);
    try (var link = new Link("127.0.0.1", port, hello, Duration.ofSeconds(5))) {
      return use.apply(link);
    }
  }

  private static List<String> call(Link link, Object... request) {
    try {
      return link.call(request);
    } catch (Link.NoAnswer e) {
      throw new IllegalStateException(e);
    }
  }

  /** A person at a client of the journal server: nobody is ever notified there. */
  private final class AtClient implements Person {

    @Override
    public String handle() {
      return "grace";
    }

    @Override
    public void post(TopicName topic, String content) {
      var _ = with("PERSON", handle(), link -> call(link, "post", topic, "", "", content));
    }

    @Override
    public int notifications() {
      return 0;
    }

    @Override
    public int previews() {
      return 0;
    }
  }

  /** Changes entries as another client of the journal server. */
  private final class InJournal implements Editor {

    @Override
    public void edit(TopicName topic, String content, String replacement) {
      ask("edit", topic, seqOf(topic, content), replacement);
    }

    @Override
    public void delete(TopicName topic, String content) {
      ask("delete", topic, seqOf(topic, content));
    }

    @Override
    public boolean leavesTombstones() {
      return true;
    }

    private long seqOf(TopicName topic, String content) {
      return ask("after", topic, 0, 1000).stream()
          .skip(5)
          .map(Fields::of)
          .map(Entry::of)
          .filter(entry -> entry.content().equals(content))
          .findFirst()
          .orElseThrow()
          .seq();
    }
  }
}
