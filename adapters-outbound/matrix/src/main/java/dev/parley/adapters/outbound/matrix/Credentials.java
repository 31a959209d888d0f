package dev.parley.adapters.outbound.matrix;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import org.jspecify.annotations.Nullable;

/** Who Parley is to the homeserver. What is secret is never shown. */
sealed interface Credentials {

  Setting USER =
      Setting.optional(
          "user",
          new Setting.Text(),
          null,
          "the account Parley posts with, @user:server or user; needs password");
  Setting PASSWORD =
      Setting.optional("password", new Setting.Text(), null, "the password of user").asSecret();
  Setting ACCESS_TOKEN =
      Setting.optional(
              "access_token",
              new Setting.Text(),
              null,
              "an access token of the account, in place of user and password")
          .asSecret();

  /** An account with its password: a session is begun with it, and kept. */
  record UserAndPassword(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "user " + user;
    }
  }

  /** A session that somebody else began. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "an access token";
    }
  }

  /**
   * What the settings say, or else the address of the homeserver.
   *
   * @param userInfo {@code user:password} of the address; null for none
   */
  static Credentials from(BackendConfig config, @Nullable String userInfo) {
    var user = config.text(USER.name());
    var password = config.text(PASSWORD.name());
    var token = config.text(ACCESS_TOKEN.name());
    if (token.isPresent()) {
      if (password.isPresent()) {
        throw Misconfigured.of(PASSWORD.name(), "and access_token are both set: keep one of them");
      }
      return new Token(token.get().strip());
    }
    if (user.isEmpty() && password.isEmpty() && userInfo != null && userInfo.contains(":")) {
      var parts = userInfo.split(":", 2);
      return new UserAndPassword(parts[0], parts[1]);
    }
    if (user.isEmpty() || password.isEmpty()) {
      throw Misconfigured.of(
          (user.isEmpty() ? USER : PASSWORD).name(),
          "is missing, and the homeserver wants an account: set user and password, or"
              + " access_token");
    }
    return new UserAndPassword(user.get(), password.get());
  }
}
