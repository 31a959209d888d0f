package dev.parley.conformance.reference;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client of the journal server. A cursor is the store's name, its id and a place in it. */
final class ReferenceBackend implements Backend {

  private final String place;
  private final String address;
  private final ContentLimit limit;
  private final Link link;
  private final Set<LiveTopic> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile String storeId = "";

  ReferenceBackend(BackendConfig config, Self self, ContentLimit limit) {
    this.limit = limit;
    var host = config.text("host").orElseThrow();
    var port = Math.toIntExact(config.number("port").orElseThrow());
    this.place = config.text("store").orElseThrow();
    this.address = host + ":" + port;
    var hello = Fields.line(place, self.handle(), self.kind());
    this.link = new Link(host, port, hello, config.requestTimeout());
  }

  @Override
  public MessageId post(Draft draft) {
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw BackendException.ContentRejected.tooLong(size, limit);
    }
    var parent = draft.parent() == null ? "" : draft.parent();
    var key = draft.key() == null ? "" : draft.key();
    try {
      var answer = link.call("post", draft.topic(), parent, key, draft.content());
      return new MessageId(answer.getFirst());
    } catch (Link.NoAnswer e) {
      throw new BackendException.OutcomeUnknown(
          "the journal server took the message and did not answer (%s): look for it before posting it again"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    return switch (window) {
      case Window.Latest latest -> page(ask("latest", topic, latest.limit()));
      case Window.Oldest oldest -> page(ask("after", topic, 0, oldest.limit()), false);
      case Window.After after -> from("after", topic, after.cursor(), after.limit());
      case Window.Before before -> from("before", topic, before.cursor(), before.limit());
    };
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    var live =
        new LiveTopic(
            topic.value(),
            feed,
            this::message,
            gone -> {
              subscriptions.remove(gone);
              link.remove(gone);
            });
    subscriptions.add(live);
    link.add(live);
    return live;
  }

  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "Journal server", "1", address, null, limit, link.connectedSince(), link.lastFailure());
  }

  @Override
  public void close() {
    List.copyOf(subscriptions).forEach(LiveTopic::close);
    link.close();
  }

  private Page from(String operation, TopicName topic, Cursor cursor, int size) {
    var parts = cursor.value().split(":", -1);
    if (parts.length != 4 || !parts[0].equals("reference") || !parts[3].matches("\\d{1,18}")) {
      throw new BackendException.CursorRejected(
          "'%s' is not a cursor of a journal store; start from the latest messages"
              .formatted(cursor));
    }
    if (!parts[1].equals(place)) {
      throw new BackendException.CursorRejected(
          "the cursor is one of store '%s', and this is '%s'; start from the latest messages"
              .formatted(parts[1], place));
    }
    var seq = Long.parseLong(parts[3]);
    var answer = ask(operation, topic, seq, size);
    if (!answer.getFirst().equals(parts[2])) {
      return page(ask("after", topic, 0, size), true);
    }
    if (seq > Long.parseLong(answer.get(1))) {
      throw new BackendException.CursorRejected("the store has no place %d yet".formatted(seq));
    }
    return page(answer);
  }

  private List<String> ask(Object... operationAndArguments) {
    try {
      return link.call(operationAndArguments);
    } catch (Link.NoAnswer e) {
      throw new BackendException.Unavailable(
          "the journal server at %s did not answer: %s".formatted(address, e.getMessage()),
          null,
          e);
    }
  }

  private Page page(List<String> answer) {
    return page(answer, Boolean.parseBoolean(answer.get(4)));
  }

  private Page page(List<String> answer, boolean gap) {
    storeId = answer.getFirst();
    var messages = new ArrayList<Message>();
    answer.stream()
        .skip(5)
        .map(Fields::of)
        .map(Entry::of)
        .map(this::message)
        .forEach(messages::add);
    var next = cursor(Long.parseLong(answer.get(2)));
    return new Page(messages, next, Boolean.parseBoolean(answer.get(3)), gap);
  }

  private Message message(Entry entry) {
    return new Message(
        new MessageId("" + entry.seq()),
        new TopicName(entry.topic()),
        new Sender(
            entry.sender(), entry.account().isEmpty() ? null : entry.account(), entry.kind()),
        entry.content(),
        cursor(entry.seq()),
        Instant.ofEpochMilli(entry.time()),
        entry.parent().isEmpty() ? null : new MessageId(entry.parent()),
        entry.condition());
  }

  private Cursor cursor(long seq) {
    if (storeId.isEmpty()) {
      storeId = ask("id", "").getFirst();
    }
    return new Cursor(String.join(":", "reference", place, storeId, "" + seq));
  }
}
