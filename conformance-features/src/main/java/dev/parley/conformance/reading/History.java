package dev.parley.conformance.reading;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.util.ArrayList;
import java.util.List;

/** Reading a topic by chaining pages. */
public final class History {

  private static final int PAGE = 100;

  private History() {}

  /** Everything in a topic, oldest first. */
  public static List<Message> whole(Backend reader, TopicName topic) {
    return forward(reader, topic, reader.fetchRecent(topic, Window.oldest(PAGE)), PAGE);
  }

  /** Everything after a cursor, oldest first. */
  public static List<Message> after(Backend reader, TopicName topic, Cursor cursor, int size) {
    return forward(reader, topic, reader.fetchRecent(topic, Window.after(cursor, size)), size);
  }

  /** Everything before a cursor, oldest first. */
  public static List<Message> before(Backend reader, TopicName topic, Cursor cursor, int size) {
    var read = new ArrayList<Message>();
    var page = reader.fetchRecent(topic, Window.before(cursor, size));
    read.addAll(0, page.messages());
    while (page.more()) {
      page = reader.fetchRecent(topic, Window.before(page.next(), size));
      read.addAll(0, page.messages());
    }
    return read;
  }

  /** Where a reader stands who has read everything. */
  public static Cursor tail(Backend reader, TopicName topic) {
    return reader.fetchRecent(topic, Window.latest(1)).next();
  }

  public static List<MessageId> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  public static List<String> contents(List<Message> messages) {
    return messages.stream().map(Message::content).toList();
  }

  private static List<Message> forward(Backend reader, TopicName topic, Page first, int size) {
    var read = new ArrayList<>(first.messages());
    var page = first;
    while (page.more()) {
      page = reader.fetchRecent(topic, Window.after(page.next(), size));
      read.addAll(page.messages());
    }
    return read;
  }
}
