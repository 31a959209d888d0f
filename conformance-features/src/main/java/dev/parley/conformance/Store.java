package dev.parley.conformance;

import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One place that keeps messages: a file, a database, a realm on a server. */
public interface Store extends AutoCloseable {

  /**
   * The plain values of {@code backend_config} that open this store, also from another process: a
   * list has one entry per line, a map one {@code key=value} per line, where the key may hold the
   * sign itself. Law S16 waits for {@code request_timeout_ms}, so keep it short; participants in
   * other processes have the usual one instead.
   */
  Map<String, String> config();

  /**
   * Told of every topic before it is used, and before {@link #config()} is asked for: a backend
   * whose topics are mapped one by one adds the mapping here.
   */
  void prepare(TopicName topic);

  /** The losses of history that can happen to this store. */
  Set<Loss> losses();

  /**
   * Inflicts one of {@link #losses()}, as other software would. No participant of this process has
   * the store open.
   */
  void lose(Loss loss, TopicName topic);

  /**
   * Records that other software may leave in a topic (law S19), each with what is to be seen of it:
   * other layouts, missing fields, broken encodings, attachments, joins; never empty.
   */
  List<ForeignRecord> foreignRecords();

  /** A person at an ordinary client of this store; empty when it knows no accounts. */
  Optional<Person> person();

  /**
   * The means to change and take back messages as other software would; empty exactly when {@link
   * dev.parley.ports.outbound.Capabilities#editsVisible()} is declared false.
   */
  Optional<Editor> editor();

  /**
   * How many objects the server holds for its clients right now: connections, consumers, queues; 0
   * for an embedded store.
   */
  long serverObjects();

  /** Removes the store. */
  @Override
  void close();

  /** How history gets lost. */
  enum Loss {
    /**
     * The older part of the topic is gone, the newest 2 messages are kept, as retention does it.
     */
    TRIMMED,
    /** The topic was deleted and made again; it is empty. */
    TOPIC_RECREATED,
    /**
     * The whole store was deleted and made again at the same place, so that its config is valid.
     */
    STORE_RESET
  }

  /** A person at an ordinary client of the store. */
  interface Person {

    /** The person's handle, as a message's sender has to show it. */
    String handle();

    /** Posts as this person. */
    void post(TopicName topic, String content);

    /** How many times this person was notified (mentioned, pinged) since the store was made. */
    int notifications();

    /** How many link previews the person's client was shown since the store was made. */
    int previews();
  }

  /** Changes and takes back messages, as their author's ordinary client would. */
  interface Editor {

    /** Replaces the content of the topic's message that has this content. */
    void edit(TopicName topic, String content, String replacement);

    /** Takes back the topic's message that has this content. */
    void delete(TopicName topic, String content);

    /** Whether a deleted message leaves a tombstone in the history, or nothing. */
    boolean leavesTombstones();
  }
}
