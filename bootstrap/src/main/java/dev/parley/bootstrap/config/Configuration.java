package dev.parley.bootstrap.config;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code parley.config.yaml} says, checked, with every default filled in. */
public record Configuration(
    String backend,
    Identity identity,
    String instanceId,
    Path statePath,
    List<String> topics,
    List<String> postTopics,
    Catchup catchup,
    LivePush livePush,
    Presence presence,
    Http http,
    Auth auth) {

  /** The topics that may be used, as the domain sees them. */
  public AllowedTopics allowedTopics() {
    return new AllowedTopics(
        topics.stream().map(TopicName::new).toList(),
        postTopics.stream().map(TopicPattern::new).toList(),
        new TopicName(presence.topic()));
  }

  /** As whom this instance posts. */
  public record Identity(String handle) {}

  /** Reading what is unread. */
  public record Catchup(boolean onStart, int limit, int blockMaxMs) {}

  /** Messages handed to a coding agent as they come. */
  public record LivePush(
      boolean enabled, boolean mentionFilter, List<String> from, int maxPerMinute) {}

  /** Who else is there. */
  public record Presence(boolean enabled, String topic, int heartbeatMs, int ttlMs) {}

  /** The server for chat connectors. */
  public record Http(
      String host, int port, @Nullable String publicUrl, List<String> trustedProxies, Tls tls) {}

  /** Certificate and key files of the server, both or neither. */
  public record Tls(@Nullable Path cert, @Nullable Path key) {}

  /** Who may use the server. */
  public record Auth(String mode, Owner owner, Oidc oidc) {}

  /** The owner of a server that authorizes by itself. */
  public record Owner(@Nullable String passphraseHash) {
    @Override
    public String toString() {
      return passphraseHash == null ? "Owner[]" : "Owner[passphraseHash=(set)]";
    }
  }

  /** The provider of a server that relies on another one for authorization. */
  public record Oidc(
      @Nullable String issuer,
      @Nullable String audience,
      @Nullable String jwksUri,
      @Nullable String requiredScope,
      List<String> allowedSubjects,
      List<String> allowedUsernames,
      @Nullable String requiredRole,
      int clockSkewS) {}
}
