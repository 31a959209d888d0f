package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import net.dv8tion.jda.api.requests.CloseCode;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with Discord in words that name it and the remedy; never the token. */
final class Faults {

  private final DiscordSettings settings;
  private final Health health;

  Faults(DiscordSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  BackendException closed() {
    return new Unavailable("this backend is closed: open it anew", null, null);
  }

  BackendException refusedToken() {
    return new AccessDenied(
        "Discord at %s refuses the bot's token: copy it anew from the developer portal (Bot, Reset Token) into token"
            .formatted(settings.host()),
        null);
  }

  BackendException missingContentIntent() {
    return new Misconfigured(
        "the bot has no Message Content Intent, without which Discord hides what people write:"
            + " turn it on in the developer portal (Bot, Privileged Gateway Intents)");
  }

  /** The gateway ended the session and wants no other one. */
  BackendException ofClose(int code) {
    var known = CloseCode.from(code);
    if (known == CloseCode.AUTHENTICATION_FAILED) {
      return refusedToken();
    }
    if (known == CloseCode.DISALLOWED_INTENTS) {
      return missingContentIntent();
    }
    return unavailable(
        "has ended the session of the gateway (close code %d)".formatted(code), null);
  }

  BackendException unavailable(Answer answer) {
    return unavailable(
        "answers with HTTP status %d: try again, and look at discordstatus.com"
            .formatted(answer.status()),
        null);
  }

  BackendException unavailable(@Nullable Throwable cause) {
    for (var c = cause; c != null; c = c.getCause()) {
      if (c instanceof UnknownHostException) {
        return unavailable("has a name that cannot be found: check api_url and the DNS", cause);
      }
      if (c instanceof SSLException) {
        return unavailable("fails at TLS: check api_url, and who stands between", cause);
      }
      if (c instanceof InterruptedIOException) {
        return unavailable("does not answer in time: check the network, or api_url", cause);
      }
    }
    return cause == null
        ? unavailable("does not answer in time: check the network, or api_url", null)
        : unavailable("cannot be reached: check the network, or api_url", cause);
  }

  /** What listens at the address is not Discord. */
  BackendException notDiscord(@Nullable Throwable cause) {
    return new Misconfigured(
        "what answers at %s is not Discord's API: check api_url".formatted(settings.host()), cause);
  }

  BackendException gatewayUnreached() {
    return unavailable(
        "answers, but its gateway at %s does not: check gateway_url, and whether WebSocket connections are let out"
            .formatted(settings.gatewayUrl()),
        null);
  }

  BackendException gatewayLost() {
    return unavailable("has cut the connection of the gateway: it is being made again", null);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    return new Unavailable(
        "Discord at %s %s".formatted(settings.host(), predicate), health.failingSince(), cause);
  }

  BackendException rateLimited(Duration wait) {
    return new RateLimited(
        "Discord asks to wait for %.1f s, which is longer than request_timeout_ms: try again then, or post less often"
            .formatted(wait.toMillis() / 1_000.0),
        wait);
  }

  BackendException unknownOutcome(@Nullable Throwable cause) {
    return new OutcomeUnknown(
        "Discord did not confirm the post, and may have stored it: look into the topic before"
            + " repeating it",
        cause);
  }

  /** Discord refuses something in a topic's channel. */
  BackendException refused(Answer answer, String topic, long channel) {
    return switch (answer.code()) {
      case Answer.UNKNOWN_CHANNEL ->
          Misconfigured.of(
              "channel_map",
              "has %s for the topic '%s', and Discord knows no such channel: copy the id of the channel anew"
                  .formatted(Long.toUnsignedString(channel), topic));
      case Answer.MISSING_ACCESS ->
          denied(
              topic,
              channel,
              "see",
              "invite it to the server, and grant it View Channel and Read Message History");
      case Answer.MISSING_PERMISSION ->
          denied(topic, channel, "post in", "grant it Send Messages there");
      case Answer.NO_HISTORY_TO_REPLY ->
          denied(topic, channel, "reply in", "grant it Read Message History there");
      case Answer.EMPTY_MESSAGE ->
          new ContentRejected(
              "Discord takes no message without visible text; nothing was posted: write something");
      case Answer.BLOCKED_BY_AUTOMOD ->
          new ContentRejected(
              "a rule of the server (AutoMod) blocks this content; nothing was posted: reword it,"
                  + " or exempt the bot");
      default -> other(answer, topic);
    };
  }

  private BackendException other(Answer answer, String topic) {
    if (answer.isUnauthorized()) {
      return refusedToken();
    }
    if (answer.code() == Answer.INVALID_FORM) {
      return answer.isAbout("message_reference")
          ? new ContentRejected(
              "the message to reply to is not in the topic '%s'; nothing was posted: reply to one that is, or to none"
                  .formatted(topic))
          : new ContentRejected(
              "Discord refuses this content (%s); nothing was posted: reword it"
                  .formatted(answer.reason()));
    }
    return new AccessDenied(
        "Discord refuses this in the topic '%s' (%s): check the bot's permissions in its channel"
            .formatted(topic, answer.reason()),
        null);
  }

  private static BackendException denied(String topic, long channel, String verb, String whatToDo) {
    return new AccessDenied(
        "the bot may not %s the channel %s of the topic '%s': %s"
            .formatted(verb, Long.toUnsignedString(channel), topic, whatToDo),
        null);
  }

  /** The channel is there, and is not one of text. */
  BackendException notText(String topic, String name) {
    return Misconfigured.of(
        "channel_map",
        "has #%s for the topic '%s', which is not a text channel: give the id of one"
            .formatted(name, topic));
  }

  /** An earlier fault, for one more caller. */
  BackendException again(BackendException fault) {
    return fault instanceof Unavailable
        ? new Unavailable(String.valueOf(fault.getMessage()), health.failingSince(), fault)
        : fault;
  }

  /** Whether only a person can put it right. */
  static boolean isLasting(BackendException fault) {
    return fault instanceof Misconfigured || fault instanceof AccessDenied;
  }
}
