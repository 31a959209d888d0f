package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.topic.TopicName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The URIs of topics: {@code parley://topics/} and the name, percent-encoded as in RFC 3986. */
final class TopicUri {

  /** The URI of the list of topics. */
  static final String LIST = "parley://topics";

  /** The URI template of one topic, as in RFC 6570. */
  static final String TEMPLATE = LIST + "/{topic}";

  private static final String PREFIX = LIST + "/";

  private TopicUri() {}

  static String of(TopicName topic) {
    // URLEncoder writes forms, which differ from URIs in three characters.
    var encoded = URLEncoder.encode(topic.value(), StandardCharsets.UTF_8);
    return PREFIX + encoded.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  /** The topic of a URI; empty when it is that of no topic. */
  static Optional<TopicName> topicOf(String uri) {
    if (!uri.startsWith(PREFIX) || uri.contains("?") || uri.contains("#")) {
      return Optional.empty();
    }
    try {
      var name = uri.substring(PREFIX.length()).replace("+", "%2B");
      return Optional.of(new TopicName(URLDecoder.decode(name, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }
}
