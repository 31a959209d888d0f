package dev.parley.adapters.outbound.zulip.realm;

import org.jspecify.annotations.Nullable;

/**
 * An account of the organization.
 *
 * @param botType 1 for a generic bot, 2 for an incoming webhook; null for a person
 */
public record Account(
    long id, String email, String fullName, String apiKey, @Nullable Integer botType) {

  public static final int GENERIC_BOT = 1;
  public static final int INCOMING_WEBHOOK = 2;

  boolean isBot() {
    return botType != null;
  }

  boolean isIncomingWebhook() {
    return botType != null && botType == INCOMING_WEBHOOK;
  }

  // Zulip's own bots belong to an organization of their own.
  boolean isSystem() {
    return email.endsWith("@zulip.com");
  }
}
