package dev.parley.bootstrap.config;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that are sound on their own, but not together. */
final class Combinations {

  private final Configuration configuration;
  private final SectionCheck check;
  private final Mistakes mistakes;

  Combinations(Configuration configuration, SectionCheck check, Mistakes mistakes) {
    this.configuration = configuration;
    this.check = check;
    this.mistakes = mistakes;
  }

  void check() {
    topics();
    livePush();
    presence();
    tls();
    switch (configuration.auth().mode()) {
      case "oidc" -> oidc();
      case "none" -> withoutAuthorization();
      default -> {}
    }
  }

  private void topics() {
    var topics = configuration.topics();
    if (topics.isEmpty()
        && configuration.postTopics().isEmpty()
        && !check.isMistaken("topics")
        && !check.isMistaken("post_topics")) {
      add(
          "topics",
          "topics and post_topics are both empty, so nothing could be read or posted; name at least"
              + " one topic, such as topics: [general]");
    }
    var seen = new HashSet<String>();
    for (var topic : topics) {
      if (!seen.add(topic)) {
        add("topics", "topics names '%s' twice; keep one of them".formatted(topic));
      }
      if (topic.equals(configuration.presence().topic())) {
        add(
            "topics",
            "topics names '%s', but that topic is reserved for presence; remove it, or set presence.topic to another one"
                .formatted(topic));
      }
    }
  }

  private void livePush() {
    if (configuration.livePush().enabled()
        && configuration.livePush().from().isEmpty()
        && !check.isMistaken("live_push.from")) {
      add(
          "live_push.from",
          "live_push.from is empty, so nobody's messages would be pushed; name somebody, or set"
              + " live_push.enabled to false");
    }
  }

  private void presence() {
    var presence = configuration.presence();
    if (presence.heartbeatMs() >= presence.ttlMs()
        && !check.isMistaken("presence.heartbeat_ms")
        && !check.isMistaken("presence.ttl_ms")) {
      add(
          check.isSet("presence.ttl_ms") ? "presence.ttl_ms" : "presence.heartbeat_ms",
          "presence.heartbeat_ms is %d and presence.ttl_ms is %d, but the heartbeat must be the shorter one, or this instance would count as gone between two beats"
              .formatted(presence.heartbeatMs(), presence.ttlMs()));
    }
  }

  private void tls() {
    var tls = configuration.http().tls();
    if ((tls.cert() == null) != (tls.key() == null)) {
      add(
          "http.tls",
          "http.tls has only one of cert and key, but TLS needs both; add the other or remove this"
              + " one");
    }
  }

  private void oidc() {
    var oidc = configuration.auth().oidc();
    requireOfOidc("auth.oidc.issuer", oidc.issuer());
    requireOfOidc("auth.oidc.audience", oidc.audience());
    var gates = Stream.of("allowed_subjects", "allowed_usernames", "required_role");
    if (oidc.allowedSubjects().isEmpty()
        && oidc.allowedUsernames().isEmpty()
        && oidc.requiredRole() == null
        && gates.noneMatch(gate -> check.isMistaken("auth.oidc." + gate))) {
      add(
          "auth.mode",
          "auth.mode is oidc, which needs to know who may enter; set auth.oidc.allowed_subjects,"
              + " auth.oidc.allowed_usernames or auth.oidc.required_role");
    }
  }

  private void requireOfOidc(String key, @Nullable String value) {
    if (value == null && !check.isMistaken(key)) {
      add("auth.mode", "auth.mode is oidc, which needs %s; set it".formatted(key));
    }
  }

  private void withoutAuthorization() {
    var http = configuration.http();
    if (!isLoopback(http.host())) {
      add(
          "auth.mode",
          "auth.mode is none while http.host is '%s', but without authorization only a loopback address is allowed; set http.host to 127.0.0.1 or choose another mode"
              .formatted(http.host()));
    }
    if (http.publicUrl() != null) {
      add(
          "auth.mode",
          "auth.mode is none while http.public_url is set, but without authorization the server"
              + " must not be public; remove the URL or choose another mode");
    }
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void add(String key, String sentence) {
    mistakes.add(check.lineOf(key), sentence);
  }
}
