package dev.parley.bootstrap.serve;

import dev.parley.adapters.inbound.oauth.builtin.BuiltinAuthorization;
import dev.parley.adapters.outbound.clientdocuments.FetchedClientDocuments;
import dev.parley.adapters.outbound.state.HashedPassphrase;
import dev.parley.adapters.outbound.state.SqliteAuthorizations;
import dev.parley.application.GrantingAccess;
import dev.parley.bootstrap.config.Configuration;
import io.helidon.webserver.http.HttpFeature;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decides who may use the server, by {@code auth.mode}. */
final class Gate implements AutoCloseable {

  private final List<HttpFeature> features;
  private final @Nullable SqliteAuthorizations authorizations;

  private Gate(List<HttpFeature> features, @Nullable SqliteAuthorizations authorizations) {
    this.features = features;
    this.authorizations = authorizations;
  }

  /**
   * The gate of a configuration.
   *
   * @throws IllegalArgumentException when something is missing from it
   */
  static Gate of(Configuration configuration) {
    return switch (configuration.auth().mode()) {
      case "none" -> new Gate(List.of(), null);
      case "builtin" -> builtin(configuration);
      default ->
          throw new IllegalArgumentException(
              "auth.mode is %s, which this build does not serve; use builtin"
                  .formatted(configuration.auth().mode()));
    };
  }

  private static Gate builtin(Configuration configuration) {
    var passphrase = passphrase(configuration);
    var authorizations = new SqliteAuthorizations(configuration.statePath());
    var access =
        new GrantingAccess(
            authorizations, new FetchedClientDocuments(), passphrase, InstantSource.system());
    return new Gate(
        List.of(
            new BuiltinAuthorization(
                access, publicUrl(configuration), configuration.identity().handle())),
        authorizations);
  }

  private static HashedPassphrase passphrase(Configuration configuration) {
    var given = System.getenv("PARLEY_OWNER_PASSPHRASE");
    var hash = configuration.auth().owner().passphraseHash();
    if (given != null && !given.isBlank()) {
      return new HashedPassphrase(HashedPassphrase.hash(given));
    }
    if (hash == null) {
      throw new IllegalArgumentException(
          "auth.mode is builtin, which needs the owner's passphrase; run 'parley owner"
              + " set-passphrase' and name its file in auth.owner.passphrase_hash, or set"
              + " PARLEY_OWNER_PASSPHRASE");
    }
    return new HashedPassphrase(hash);
  }

  /** Where clients reach the server, without a slash at the end. */
  static String publicUrl(Configuration configuration) {
    return configuration.http().url();
  }

  /** What is to be installed in the server. */
  List<HttpFeature> features() {
    return features;
  }

  @Override
  public void close() {
    if (authorizations != null) {
      authorizations.close();
    }
  }
}
