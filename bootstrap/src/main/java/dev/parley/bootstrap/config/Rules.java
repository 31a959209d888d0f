package dev.parley.bootstrap.config;

import dev.parley.adapters.inbound.oauth.oidc.ProviderUrl;
import dev.parley.bootstrap.config.Section.Rule;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.net.InetAddress;
import java.net.URI;

/** What texts of single keys have to obey. */
final class Rules {

  static final Rule HANDLE =
      new Rule(
          "a handle: a letter or digit at both ends, only letters, digits, '.', '_' and '-' inside, at most %d characters"
              .formatted(Handle.MAX_LENGTH),
          Handle::new);

  static final Rule INSTANCE =
      new Rule("1 to 128 characters, none of them a control character", InstanceId::new);

  static final Rule TOPIC =
      new Rule(
          "a topic name: 1 to %d characters, no blank at either end, no control characters"
              .formatted(TopicName.MAX_LENGTH),
          TopicName::new);

  static final Rule PATTERN =
      new Rule(
          "a regular expression in RE2 syntax of at most %d characters"
              .formatted(TopicPattern.MAX_LENGTH),
          TopicPattern::new);

  static final Rule GLOB =
      new Rule(
          "a glob over handles or accounts, such as 'coder' or 'team-*', without blanks",
          text -> {
            require(text.chars().noneMatch(c -> c <= ' '));
            var _ = new SenderGlob(text);
          });

  static final Rule PROVIDER_URL =
      new Rule(
          "an https URL such as https://id.example.com, or an http URL on a loopback address",
          text -> {
            var _ = new ProviderUrl(text);
          });

  static final Rule PUBLIC_URL =
      new Rule(
          "a URL such as https://parley.example.com, without user, path, query and fragment",
          text -> {
            var uri = URI.create(text);
            require(
                isWeb(uri)
                    && uri.getRawUserInfo() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null);
          });

  static final Rule NETWORK =
      new Rule("an IP address or a network such as 10.0.0.0/8", Rules::requireNetwork);

  private Rules() {}

  private static boolean isWeb(URI uri) {
    return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        && uri.getHost() != null;
  }

  private static void requireNetwork(String text) {
    var slash = text.indexOf('/');
    var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    if (slash >= 0) {
      var bits = Integer.parseInt(text.substring(slash + 1));
      require(bits >= 0 && bits <= address.getAddress().length * Byte.SIZE);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not allowed");
    }
  }
}
