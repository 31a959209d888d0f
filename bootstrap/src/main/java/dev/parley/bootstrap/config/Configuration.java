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

  /** Takes the values of a file that was checked. */
  static Configuration of(
      Checked file, String backend, String handle, @Nullable String publicUrl, Path stateFolder) {
    var instanceId = file.textOrNull("instance_id");
    var statePath = file.pathOrNull("state_path");
    return new Configuration(
        backend,
        new Identity(handle),
        instanceId == null ? handle : instanceId,
        statePath == null ? stateFolder : statePath,
        file.texts("topics"),
        file.texts("post_topics"),
        Catchup.of(file.section("catchup")),
        LivePush.of(file.section("live_push")),
        Presence.of(file.section("presence")),
        Http.of(file.section("http"), publicUrl),
        Auth.of(file.section("auth")));
  }

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
  public record Catchup(boolean onStart, int limit, int blockMaxMs) {
    static Catchup of(Checked section) {
      return new Catchup(
          section.flag("on_start"), section.number("limit"), section.number("block_max_ms"));
    }
  }

  /** Messages handed to a coding agent as they come. */
  public record LivePush(
      boolean enabled, boolean mentionFilter, List<String> from, int maxPerMinute) {
    static LivePush of(Checked section) {
      return new LivePush(
          section.flag("enabled"),
          section.flag("mention_filter"),
          section.texts("from"),
          section.number("max_per_minute"));
    }
  }

  /** Who else is there. */
  public record Presence(boolean enabled, String topic, int heartbeatMs, int ttlMs) {

    /** The topic that carries it unless another is named. */
    public static final String USUAL_TOPIC = "parley-presence";

    static Presence of(Checked section) {
      return new Presence(
          section.flag("enabled"),
          section.text("topic"),
          section.number("heartbeat_ms"),
          section.number("ttl_ms"));
    }
  }

  /** The server for chat connectors. */
  public record Http(
      String host,
      int port,
      @Nullable String publicUrl,
      List<String> trustedProxies,
      List<String> metricsFrom,
      Tls tls) {
    static Http of(Checked section, @Nullable String publicUrl) {
      var tls = section.section("tls");
      return new Http(
          section.text("host"),
          section.number("port"),
          publicUrl,
          section.texts("trusted_proxies"),
          section.texts("metrics_from"),
          new Tls(tls.pathOrNull("cert"), tls.pathOrNull("key")));
    }

    /** Where clients reach the server, without a slash at the end. */
    public String url() {
      if (publicUrl == null) {
        return "%s://%s:%d"
            .formatted(
                tls.cert() == null ? "http" : "https",
                host.contains(":") ? "[" + host + "]" : host,
                port);
      }
      return publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }
  }

  /** Certificate and key files of the server, both or neither. */
  public record Tls(@Nullable Path cert, @Nullable Path key) {}

  /** Who may use the server. */
  public record Auth(String mode, Owner owner, Oidc oidc) {
    static Auth of(Checked section) {
      return new Auth(
          section.text("mode"),
          new Owner(section.section("owner").textOrNull("passphrase_hash")),
          Oidc.of(section.section("oidc")));
    }
  }

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
      int clockSkewS) {
    static Oidc of(Checked section) {
      return new Oidc(
          section.textOrNull("issuer"),
          section.textOrNull("audience"),
          section.textOrNull("jwks_uri"),
          section.textOrNull("required_scope"),
          section.texts("allowed_subjects"),
          section.texts("allowed_usernames"),
          section.textOrNull("required_role"),
          section.number("clock_skew_s"));
    }
  }
}
