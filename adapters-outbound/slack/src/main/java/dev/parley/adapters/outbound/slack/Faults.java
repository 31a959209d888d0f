package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with Slack in words that name it and the remedy; never a token. */
final class Faults {

  private final SlackSettings settings;
  private final Health health;

  Faults(SlackSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** Slack gave an answer. */
  void answered() {
    health.answered();
  }

  /** No answer to a request that changes nothing. */
  BackendException of(Unanswered unanswered) {
    return unavailable(
        "cannot be reached (%s): check the network, and api_url".formatted(unanswered.why()),
        unanswered);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    var said = "Slack at %s %s".formatted(settings.host(), predicate);
    health.failed(said);
    return new Unavailable(said, health.failingSince(), cause);
  }

  /** A post of which nobody knows what became. */
  BackendException outcomeUnknown(Unanswered unanswered) {
    return new OutcomeUnknown(
        "Slack at %s did not confirm the post (%s): whether it was stored is unknown, so look into the topic before posting it again"
            .formatted(settings.host(), unanswered.why()),
        unanswered);
  }

  RateLimited rateLimited(String method, RateLimited limited) {
    return new RateLimited(
        "Slack asks to wait for %d s before the next %s, which is longer than request_timeout_ms allows: try again then, and see 'rate limits' in `parley doctor`"
            .formatted(limited.retryAfter().toSeconds(), method),
        limited.retryAfter());
  }

  /** The live connection is down, and why; a clause. */
  BackendException lineDown(String why) {
    return new Unavailable(
        "the Socket Mode connection to Slack is down (%s) and is being made again: until then new messages arrive late"
            .formatted(why),
        health.failingSince(),
        null);
  }

  BackendException closed() {
    return new Unavailable("this connection to Slack was closed", null, null);
  }

  /** Slack refused a request about a channel; null where it is about none. */
  BackendException of(ApiError error, @Nullable String channel) {
    return switch (error.code()) {
      case "invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive" ->
          new AccessDenied(
              "Slack refuses %s (%s): install the app in the workspace again and copy its token"
                  .formatted(tokenOf(error), error.code()),
              null);
      case "not_allowed_token_type" ->
          new Misconfigured(
              "Slack says that %s is of the wrong kind: bot_token has to begin with xoxb- and app_token with xapp-"
                  .formatted(tokenOf(error)));
      case "missing_scope", "no_permission" ->
          new AccessDenied(
              "the Slack app lacks a scope for %s: add %s to it under 'OAuth & Permissions' and install it again"
                  .formatted(error.method(), error.needed() == null ? "the scope" : error.needed()),
              null);
      case "channel_not_found" ->
          new Misconfigured(
              "Slack knows no channel %s that the app may see: correct channel_map, or invite the app with /invite in that channel"
                  .formatted(channel));
      case "not_in_channel" ->
          new AccessDenied(
              "the app is not in the channel %s: invite it by typing /invite @ and its name there"
                  .formatted(channel),
              null);
      case "is_archived" ->
          new AccessDenied(
              "the channel %s is archived: unarchive it in Slack, or map the topic to another channel"
                  .formatted(channel),
              null);
      case "restricted_action", "restricted_action_read_only_channel" ->
          new AccessDenied(
              "the workspace does not let the app post in the channel %s: change the channel's posting permissions"
                  .formatted(channel),
              null);
      case "msg_too_long" ->
          new ContentRejected(
              "Slack finds the content too long; nothing was posted: shorten it or post it in"
                  + " parts");
      default ->
          unavailable(
              "refuses %s (%s): see the errors of that method in Slack's documentation"
                  .formatted(error.method(), error.code()),
              null);
    };
  }

  /** Slack refused a Socket Mode connection. */
  BackendException ofSocketMode(ApiError error) {
    return switch (error.code()) {
      case "invalid_auth",
          "not_authed",
          "token_expired",
          "token_revoked",
          "account_inactive",
          "not_allowed_token_type" ->
          of(error, null);
      case "missing_scope", "no_permission" ->
          new AccessDenied(
              "app_token lacks the scope connections:write: make a new app-level token with it on"
                  + " the app's page 'Basic Information'",
              null);
      default ->
          new Misconfigured(
              "Slack refuses a Socket Mode connection (%s): turn Socket Mode on, on the app's page 'Socket Mode'"
                  .formatted(error.code()));
    };
  }

  private static String tokenOf(ApiError error) {
    return error.method().equals("apps.connections.open") ? "app_token" : "bot_token";
  }
}
