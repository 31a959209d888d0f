package dev.parley.adapters.inbound.stdio;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.inbound.Follow;
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

  /** A followed message, with what it did to a hand-off if it is an act. */
  static ChannelEvent of(Follow.Pushed pushed) {
    var message = pushed.message();
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
    if (pushed.ownOfUnknownOutcome()) {
      meta.put("own", "true");
    }
    if (pushed.effect() != null) {
      addEffect(pushed.effect(), meta);
    }
    return new ChannelEvent(message.content(), meta);
  }

  private static void addEffect(Effect effect, Map<String, String> meta) {
    meta.put("hand_off", effect.act().id().value());
    meta.put("hand_off_applied", String.valueOf(effect instanceof Effect.Applied));
    var handOff = effect.handOff();
    meta.put("hand_off_state", handOff == null ? "unknown" : handOff.state().kind().word());
    if (handOff != null && handOff.claimer() != null) {
      meta.put("hand_off_claimed_by", handOff.claimer().handle());
    }
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
