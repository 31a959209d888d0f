package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with the server in words that name it and the remedy; never the key. */
final class Faults {

  private static final Set<String> NOT_AUTHENTICATED =
      Set.of("INVALID_API_KEY", "UNAUTHORIZED", "AUTHENTICATION_FAILED");
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final ZulipSettings settings;
  private final Health health;

  Faults(ZulipSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** Why something was not read. */
  BackendException of(NoAnswer none) {
    return unavailable(
        "cannot be reached (%s): check site_url and the network".formatted(none.getMessage()),
        none);
  }

  /** Why something was not read. */
  BackendException of(Refusal refusal) {
    var said = refusal.said().toLowerCase(Locale.ROOT);
    if (said.contains("incoming webhook")) {
      return new AccessDenied(
          "%s is an incoming webhook bot, which Zulip lets post but not read: make a bot of the type 'Generic bot', and set its email and api_key"
              .formatted(settings.email()),
          refusal);
    }
    if (refusal.is("USER_DEACTIVATED") || refusal.is("REALM_DEACTIVATED")) {
      return new AccessDenied(
          "Zulip at %s says that the account %s or its organization is deactivated: have it reactivated, or set another email and api_key"
              .formatted(settings.site(), settings.email()),
          refusal);
    }
    if (said.contains("subdomain")) {
      return new Misconfigured(
          "the account %s is not one of the organization at %s: correct site_url or email"
              .formatted(settings.email(), settings.site()),
          refusal);
    }
    if (refusal.status() == UNAUTHORIZED || NOT_AUTHENTICATED.contains(refusal.code())) {
      return new AccessDenied(
          "Zulip at %s refuses the API key of %s: check email and api_key (the bot's settings in Zulip show both)"
              .formatted(settings.site(), settings.email()),
          refusal);
    }
    if (refusal.is(Refusal.NO_SUCH_CHANNEL) || refusal.is(Refusal.BAD_NARROW)) {
      return noChannel(refusal);
    }
    return refusal.isFailure() ? failing(refusal) : unexpected(refusal);
  }

  private BackendException failing(Refusal refusal) {
    return unavailable(
        "fails (HTTP %d): try again later, or ask who runs it".formatted(refusal.status()),
        refusal);
  }

  private BackendException unexpected(Refusal refusal) {
    if (refusal.status() >= 300 && refusal.status() < 400) {
      return new Misconfigured(
          "%s sends elsewhere (%s): set site_url to the address that the browser shows in Zulip"
              .formatted(settings.site(), refusal.said()),
          refusal);
    }
    if (refusal.code().isEmpty() || refusal.status() == NOT_FOUND) {
      return new Misconfigured(
          "what answers at %s is not Zulip (HTTP %d): set site_url to the organization's address, without a path"
              .formatted(settings.site(), refusal.status()),
          refusal);
    }
    return new Misconfigured(
        "Zulip at %s refuses the request of %s (%s: %s): run `parley doctor`"
            .formatted(settings.site(), settings.email(), refusal.code(), refusal.said()),
        refusal);
  }

  /** Why something was not posted, or perhaps was. */
  BackendException ofPost(NoAnswer none) {
    return none.perhapsSent() ? outcomeUnknown(String.valueOf(none.getMessage()), none) : of(none);
  }

  /** Why something was not posted, or perhaps was. */
  BackendException ofPost(Refusal refusal) {
    if (refusal.isFailure()) {
      return outcomeUnknown("it failed with HTTP " + refusal.status(), refusal);
    }
    if (refusal.said().startsWith("Not authorized to send")) {
      return mayNotPost(refusal);
    }
    return refusal.is("BAD_REQUEST")
        ? new ContentRejected(
            "Zulip at %s does not take the message (%s); nothing was posted: change it"
                .formatted(settings.site(), refusal.said()))
        : of(refusal);
  }

  private OutcomeUnknown outcomeUnknown(String why, Throwable cause) {
    return new OutcomeUnknown(
        "Zulip at %s did not confirm the post (%s), which may have been stored: look into the topic before repeating it"
            .formatted(settings.site(), why),
        cause);
  }

  AccessDenied mayNotPost(@Nullable Throwable cause) {
    return new AccessDenied(
        "%s may not post to the channel '%s' of %s: allow it under 'Who can post to this channel' in the channel's settings"
            .formatted(settings.email(), settings.stream(), settings.site()),
        cause);
  }

  Misconfigured noChannel(@Nullable Throwable cause) {
    return new Misconfigured(
        "there is no channel '%s' at %s that %s may see: create it, or correct stream"
            .formatted(settings.stream(), settings.site(), settings.email()),
        cause);
  }

  Misconfigured notSubscribed() {
    return new Misconfigured(
        "%s is not subscribed to the channel '%s' of %s: add it under 'Subscribers' in the channel's settings"
            .formatted(settings.email(), settings.stream(), settings.site()));
  }

  /** An earlier fault, for one more caller. */
  BackendException again(BackendException fault) {
    return fault instanceof Unavailable
        ? new Unavailable(String.valueOf(fault.getMessage()), health.failingSince(), fault)
        : fault;
  }

  BackendException noConnection() {
    return unavailable("does not answer: check that it is up, and site_url", null);
  }

  BackendException closed() {
    return unavailable("is no longer used: this session is closed", null);
  }

  BackendException interrupted() {
    return unavailable("was not waited for: the call was cancelled", null);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    return new Unavailable(
        "Zulip at %s %s".formatted(settings.site(), predicate), health.failingSince(), cause);
  }
}
