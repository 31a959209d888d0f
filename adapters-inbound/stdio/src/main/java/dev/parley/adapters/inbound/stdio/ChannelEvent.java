package dev.parley.adapters.inbound.stdio;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is pushed to a coding agent: the params of {@code notifications/claude/channel}. The client
 * shows it as a {@code <channel>} element with the meta values as attributes, so neither may break
 * out of it.
 *
 * @param content the text; it cannot open or close a channel element, the rest is as posted
 * @param meta attribute values without quotes, angle brackets and line ends
 */
record ChannelEvent(String content, Map<String, String> meta) {

  static final String METHOD = "notifications/claude/channel";

  private static final Pattern ELEMENT = Pattern.compile("<(/?channel)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSAFE = Pattern.compile("[\"'<>\\p{Cntrl}\\u0085\\u2028\\u2029]");

  ChannelEvent {
    content = ELEMENT.matcher(content).replaceAll("&lt;$1");
    var safe = new LinkedHashMap<String, String>();
    meta.forEach((key, value) -> safe.put(key, UNSAFE.matcher(value).replaceAll("")));
    meta = safe;
  }

  /** A message; {@code own} says that it is a post of this session whose outcome was unknown. */
  static ChannelEvent of(Message message, boolean own) {
    var meta = new LinkedHashMap<String, String>();
    meta.put("topic", message.topic().value());
    meta.put("sender", message.sender().handle());
    meta.put("sender_kind", nameOf(message.sender().kind()));
    meta.put("cursor", message.cursor().value());
    meta.put("msg_id", message.id().value());
    if (message.parent() != null) {
      meta.put("in_reply_to", message.parent().value());
    }
    var mentions = message.mentions();
    if (!mentions.isEmpty()) {
      meta.put("mentions", String.join(",", mentions));
    }
    if (own) {
      meta.put("own", "true");
    }
    return new ChannelEvent(message.content(), meta);
  }

  /** A word of Parley's own about the session. */
  static ChannelEvent notice(String kind, String content) {
    return new ChannelEvent(content, Map.of("sender", "parley", "notice", kind));
  }

  private static String nameOf(Sender.Kind kind) {
    return switch (kind) {
      case AGENT -> "agent";
      case PERSON -> "person";
      case UNVERIFIED -> "unverified";
    };
  }
}
