package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.postgres.Stores.Store;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the live path: it reaches those that were asked for, and reads on in those whose
 * messages are wanted. Anybody asks; all else is for the thread that owns the connection.
 */
final class LiveTopics {

  private static final int TOPICS_AT_ONCE = 500;

  private final LiveFeeds feeds;
  private final NewMessages newMessages;
  private final Channels channels = new Channels();
  private @Nullable Store store;

  LiveTopics(LiveFeeds feeds, NewMessages newMessages) {
    this.feeds = feeds;
    this.newMessages = newMessages;
  }

  /**
   * Somebody, who is attached already, wants a topic; true when the live path has to reach it.
   *
   * @param hints whether it is enough to hear of notifications, whatever was read
   */
  boolean ask(TopicName topic, boolean hints) {
    return channels.ask(topic, hints);
  }

  boolean anyAsked() {
    return channels.anyAsked();
  }

  /** A new connection: every topic that is still wanted is to be reached anew. */
  void startOver() {
    startOver(true);
  }

  private void startOver(boolean connectionIsNew) {
    forgetUnwanted();
    channels.startOver(connectionIsNew);
  }

  /** Forgets the topics that nobody listens to, and gives their channels. */
  List<String> forgetUnwanted() {
    return channels.forgetUnless(topic -> feeds.listenedTo(topic.value()) != null);
  }

  /**
   * Listens to the topics that were asked for, then looks where those end whose messages are
   * wanted: in this order. Gives the topics: what was posted before is to be read by whoever asked.
   */
  List<TopicName> reachAsked(ListeningConnection listening) throws SQLException {
    var reached = new ArrayList<TopicName>();
    for (var asked = channels.takeAsked(); !asked.isEmpty(); asked = channels.takeAsked()) {
      for (var from = 0; from < asked.size(); from += TOPICS_AT_ONCE) {
        reach(listening, asked.subList(from, Math.min(from + TOPICS_AT_ONCE, asked.size())));
      }
      reached.addAll(asked);
    }
    return reached;
  }

  private void reach(ListeningConnection listening, List<TopicName> topics) throws SQLException {
    var names = channels.toListen(topics);
    if (!names.isEmpty()) {
      listening.listen(names);
    }
    channels.listening(names);
    var followed = topics.stream().filter(feeds::wantsMessages).toList();
    if (followed.isEmpty()) {
      return;
    }
    var tails = newMessages.tails(listening.connection(), followed);
    if (!isAnother(tails.store())) {
      tails.last().forEach(channels::reached);
    }
  }

  /** The topics of notifications that are to be read; where hints are enough they are given. */
  Set<TopicName> hinted(List<String> notified) {
    var hinted = new HashSet<TopicName>();
    for (var channel : notified) {
      var topic = channels.topicOf(channel);
      if (topic != null && channels.leaveUnless(feeds::wantsMessages, topic)) {
        hinted.add(topic);
      } else if (topic != null) {
        feeds.behind(topic);
      }
    }
    return hinted;
  }

  /** Reads and hands over what was added to topics; gives those with more of it. */
  Set<TopicName> read(ListeningConnection listening, Set<TopicName> hinted) throws SQLException {
    var from = new HashMap<TopicName, Long>();
    for (var topic : hinted) {
      var last = channels.last(topic);
      if (last != null) {
        from.put(topic, last);
      }
    }
    if (from.isEmpty()) {
      return Set.of();
    }
    var added = newMessages.after(listening.connection(), from);
    if (isAnother(added.store())) {
      return Set.of();
    }
    for (var message : added.messages()) {
      channels.reached(message.topic(), Long.parseLong(message.id().value()));
      feeds.message(message);
    }
    return added.unfinished();
  }

  /** Whether the table was made anew: then every topic is asked for anew, too. */
  private boolean isAnother(Store found) {
    var known = store;
    store = found;
    if (known == null || known.equals(found)) {
      return false;
    }
    startOver(false);
    return true;
  }
}
