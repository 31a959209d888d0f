package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who Parley is to the server. What is secret is never shown. */
sealed interface Credentials {

  Setting USER =
      Setting.optional("user", new Setting.Text(), null, "the user; needs password as well");
  Setting PASSWORD =
      Setting.optional("password", new Setting.Text(), null, "the password of user").asSecret();
  Setting TOKEN =
      Setting.optional("token", new Setting.Text(), null, "the token, where the server wants one")
          .asSecret();
  Setting NKEY_FILE =
      Setting.optional(
          "nkey_file", new Setting.FilePath(), null, "a file with the seed of a user's NKey");
  Setting CREDS_FILE =
      Setting.optional(
          "creds_file",
          new Setting.FilePath(),
          null,
          "a file with a user's JWT and seed, as `nsc generate creds` writes it");

  /** Nobody in particular. */
  record Anonymous() implements Credentials {}

  /** A user with a password. */
  record UserAndPassword(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "user " + user;
    }
  }

  /** Whoever knows a token. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "a token";
    }
  }

  /** A user known by a public key, whose seed is in a file. */
  record NKeyFile(Path file) implements Credentials {}

  /** A user of an operator's account, with JWT and seed in a file. */
  record CredsFile(Path file) implements Credentials {}

  /** The name of the user, where there is one. */
  default @Nullable String user() {
    return this instanceof UserAndPassword known ? known.user() : null;
  }

  /** What the settings say, or else the address of a server. */
  static Credentials from(BackendConfig config, List<ServerAddress> servers) {
    var given = new ArrayList<Credentials>();
    var user = config.text(USER.name());
    var password = config.text(PASSWORD.name());
    if (user.isPresent() != password.isPresent()) {
      throw Misconfigured.of(
          user.isPresent() ? USER.name() : PASSWORD.name(),
          "is set without %s: set both, or neither"
              .formatted(user.isPresent() ? PASSWORD.name() : USER.name()));
    }
    user.ifPresent(name -> given.add(new UserAndPassword(name, password.orElseThrow())));
    config.text(TOKEN.name()).ifPresent(token -> given.add(new Token(token)));
    config.path(NKEY_FILE.name()).ifPresent(file -> given.add(new NKeyFile(file)));
    config.path(CREDS_FILE.name()).ifPresent(file -> given.add(new CredsFile(file)));
    if (given.size() > 1) {
      var first = given.getFirst();
      throw Misconfigured.of(
          (user.isPresent() ? USER : first instanceof Token ? TOKEN : NKEY_FILE).name(),
          "is not the only kind of credentials: keep one of user with password, token, nkey_file,"
              + " creds_file");
    }
    return given.isEmpty() ? ofAddress(servers) : given.getFirst();
  }

  private static Credentials ofAddress(List<ServerAddress> servers) {
    return servers.stream()
        .map(ServerAddress::userInfo)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Credentials::ofUserInfo)
        .orElseGet(Anonymous::new);
  }

  private static Credentials ofUserInfo(String userInfo) {
    var colon = userInfo.indexOf(':');
    return colon < 0
        ? new Token(userInfo)
        : new UserAndPassword(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }
}
