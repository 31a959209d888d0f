package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.telegram.CallFailed.NotSent;
import dev.parley.adapters.outbound.telegram.CallFailed.PerhapsDone;
import dev.parley.adapters.outbound.telegram.CallFailed.Refused;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says what went wrong with Telegram in words that name the remedy, and never the token. */
final class Faults {

  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int TOO_MANY_REQUESTS = 429;

  private final TelegramSettings settings;
  private final Health health;

  Faults(TelegramSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** A post that failed in a chat. */
  BackendException ofPost(CallFailed failure, long chat) {
    if (failure instanceof PerhapsDone unclear) {
      health.failed(unclear.getMessage());
      return new OutcomeUnknown(
          "Telegram did not confirm the post (%s) and may have stored it: look into the chat before"
                  .formatted(unclear.getMessage())
              + " repeating it",
          unclear);
    }
    return of(failure, chat);
  }

  /** Any other call that failed, of which it does not matter whether it had its effect. */
  BackendException of(CallFailed failure, long chat) {
    return switch (failure) {
      case Refused refused -> refused(refused, chat);
      case NotSent notSent -> unavailable(cannotReach(notSent), notSent);
      case PerhapsDone unclear ->
          unavailable(
              "the Bot API at %s does not answer properly (%s): check the network, and api_url if"
                      .formatted(settings.place(), unclear.getMessage())
                  + " it is set",
              unclear);
    };
  }

  private Unavailable unavailable(String message, CallFailed cause) {
    health.failed(message);
    return new Unavailable(message, health.failingSince(), cause);
  }

  private String cannotReach(NotSent failure) {
    var cause = failure.getCause();
    for (var each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return "the Bot API's host %s cannot be found: check the network, and api_url if it is set"
            .formatted(settings.place());
      }
      if (each instanceof SSLException) {
        return "there is no trusted TLS with %s: check api_url, and what stands between"
            .formatted(settings.place());
      }
      if (each instanceof ConnectException) {
        return "nothing answers at %s: check the network, and api_url if it is set"
            .formatted(settings.place());
      }
    }
    return "%s cannot be reached: check the network, and api_url if it is set"
        .formatted(settings.place());
  }

  private BackendException refused(Refused refused, long chat) {
    var said = refused.description();
    return switch (refused.code()) {
      case UNAUTHORIZED, NOT_FOUND -> deniedToken();
      case FORBIDDEN ->
          new AccessDenied(
              "the bot may not use the chat %d ('%s'): add it to the chat and let it write, or"
                      .formatted(chat, said)
                  + " correct chat_map",
              refused);
      case CONFLICT -> isWebhook(refused) ? webhook() : conflict();
      case TOO_MANY_REQUESTS -> rateLimited(refused);
      default -> badRequest(refused, chat);
    };
  }

  private static BackendException badRequest(Refused refused, long chat) {
    var said = refused.description().toLowerCase(Locale.ROOT);
    if (said.contains("chat not found") || said.contains("chat_id")) {
      return new Misconfigured(
          "there is no chat %d for this bot: add the bot to the group, or correct its id in chat_map"
              .formatted(chat),
          refused);
    }
    if (said.contains("not enough rights") || said.contains("chat_write_forbidden")) {
      return new AccessDenied(
          "the bot may not send messages in the chat %d: let members of the group send messages, or"
                  .formatted(chat)
              + " make the bot an administrator",
          refused);
    }
    return new ContentRejected(
        "Telegram refuses the post ('%s'); nothing was posted".formatted(refused.description()));
  }

  RateLimited rateLimited(Refused refused) {
    var seconds = refused.retryAfter() == null ? 1 : refused.retryAfter();
    return new RateLimited(
        "Telegram asks to wait for %d s before the next post (a bot may post about 20 messages a"
                .formatted(seconds)
            + " minute to a group); nothing was posted",
        Duration.ofSeconds(seconds));
  }

  static boolean isWebhook(Refused refused) {
    return refused.description().toLowerCase(Locale.ROOT).contains("webhook");
  }

  static AccessDenied deniedToken() {
    return new AccessDenied(
        "Telegram does not know the token: copy it again from @BotFather (/mybots, API Token) into"
            + " the setting token",
        null);
  }

  static Misconfigured webhook() {
    return new Misconfigured(
        "the bot has a webhook, and Telegram gives its updates to nobody else: remove it with the"
            + " Bot API's method deleteWebhook, or use a bot of Parley's own");
  }

  static Misconfigured conflict() {
    return new Misconfigured(
        "another program polls for this bot's updates, so that messages get lost: stop it, or have"
            + " all sessions name the same store_path on one machine, or use a bot of Parley's"
            + " own");
  }
}
