package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the connection is encrypted.
 *
 * @param required whether to insist on TLS
 * @param first whether TLS begins before the server says anything ({@code handshake_first})
 * @param authority certificates that vouch for the server; null for those the system trusts
 * @param certificate the certificate that vouches for Parley; null for none
 * @param key the key of that certificate
 */
record Tls(
    boolean required,
    boolean first,
    @Nullable Path authority,
    @Nullable Path certificate,
    @Nullable Path key) {

  static final Setting REQUIRED =
      Setting.optional(
          "tls", new Setting.YesNo(), "false", "insist on TLS; a tls:// address does so, too");
  static final Setting FIRST =
      Setting.optional(
          "tls_first",
          new Setting.YesNo(),
          "false",
          "begin TLS at once, for a server with handshake_first");
  static final Setting AUTHORITY =
      Setting.optional(
          "tls_ca",
          new Setting.FilePath(),
          null,
          "certificates that vouch for the server, in PEM; without it those the system trusts");
  static final Setting CERTIFICATE =
      Setting.optional(
          "tls_cert",
          new Setting.FilePath(),
          null,
          "the client certificate in PEM, for a server that verifies clients; needs tls_key");
  static final Setting KEY =
      Setting.optional(
          "tls_key",
          new Setting.FilePath(),
          null,
          "the key of tls_cert in PEM, as PKCS#8 without a password");

  static Tls from(BackendConfig config, List<ServerAddress> servers) {
    var authority = config.path(AUTHORITY.name()).orElse(null);
    var certificate = config.path(CERTIFICATE.name()).orElse(null);
    var key = config.path(KEY.name()).orElse(null);
    if ((certificate == null) != (key == null)) {
      throw Misconfigured.of(
          certificate == null ? KEY.name() : CERTIFICATE.name(),
          "is set without %s: set both, or neither"
              .formatted(certificate == null ? CERTIFICATE.name() : KEY.name()));
    }
    var first = config.enabled(FIRST.name());
    var required =
        config.enabled(REQUIRED.name())
            || first
            || authority != null
            || certificate != null
            || servers.stream().anyMatch(ServerAddress::secure);
    return new Tls(required, first, authority, certificate, key);
  }
}
