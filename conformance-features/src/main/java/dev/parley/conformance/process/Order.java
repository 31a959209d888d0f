package dev.parley.conformance.process;

import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.topic.TopicName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a participant in another process is told to do; one line of words, each percent-encoded. */
sealed interface Order {

  /** Posts so many messages, each with its number behind the words. */
  record Post(TopicName topic, String words, int count) implements Order {
    @Override
    public String line() {
      return String.join(" ", "post", encoded(topic.value()), encoded(words), "" + count);
    }
  }

  /** Reads pages of this size from the oldest message on, until it has read so many messages. */
  record Chain(TopicName topic, int size, int until) implements Order {
    @Override
    public String line() {
      return String.join(" ", "chain", encoded(topic.value()), "" + size, "" + until);
    }
  }

  /** Follows the topic live. */
  record Follow(TopicName topic) implements Order {
    @Override
    public String line() {
      return String.join(" ", "follow", encoded(topic.value()));
    }
  }

  /** Claims a hand-off. */
  record Claim(TopicName topic, HandOffId id) implements Order {
    @Override
    public String line() {
      return String.join(" ", "claim", encoded(topic.value()), id.value());
    }
  }

  /** Ends the session; the process waits for the next one. */
  record Leave() implements Order {
    @Override
    public String line() {
      return "leave";
    }
  }

  /** The order as a line. */
  String line();

  /** The order on a line. */
  static Order parse(String line) {
    if (line.equals("leave")) {
      return new Leave();
    }
    var words = line.split(" ", -1);
    var topic = new TopicName(decoded(words[1]));
    return switch (words[0]) {
      case "post" -> new Post(topic, decoded(words[2]), Integer.parseInt(words[3]));
      case "chain" -> new Chain(topic, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "follow" -> new Follow(topic);
      case "claim" -> new Claim(topic, new HandOffId(words[2]));
      default -> throw new IllegalArgumentException("no such order: " + line);
    };
  }

  /** A text as one word. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The text of a word. */
  static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }
}
