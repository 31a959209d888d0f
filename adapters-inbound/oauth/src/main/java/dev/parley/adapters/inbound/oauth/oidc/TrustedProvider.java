package dev.parley.adapters.inbound.oauth.oidc;

import org.jspecify.annotations.Nullable;

/**
 * Whose access tokens are accepted.
 *
 * @param issuer exactly as the tokens name it
 * @param audience what tokens must be meant for, among others perhaps
 * @param keys where the keys are; null to learn it from the issuer's metadata
 */
public record TrustedProvider(ProviderUrl issuer, String audience, @Nullable ProviderUrl keys) {}
