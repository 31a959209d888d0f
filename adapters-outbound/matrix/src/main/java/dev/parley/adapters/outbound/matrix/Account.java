package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.outbound.Self;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The account that Parley posts with: begins a session when first asked for one, and another one on
 * the same device when the homeserver has ended it.
 */
final class Account {

  private static final int DEVICE_DIGITS = 10;

  private final Homeserver homeserver;
  private final Credentials credentials;
  private final Optional<SessionFile> file;
  private final String deviceName;
  private final ReentrantLock beginning = new ReentrantLock();
  private volatile @Nullable Session session;

  /** The account of an instance, whose session is kept over restarts. */
  Account(Homeserver homeserver, MatrixSettings settings, Self self) {
    this(
        homeserver,
        settings.credentials(),
        fileOf(settings, self),
        "Parley (%s)".formatted(self.handle()));
  }

  /** An account for a moment. */
  Account(Homeserver homeserver, MatrixSettings settings) {
    this(homeserver, settings.credentials(), Optional.empty(), "Parley (doctor)");
  }

  private Account(
      Homeserver homeserver,
      Credentials credentials,
      Optional<SessionFile> file,
      String deviceName) {
    this.homeserver = homeserver;
    this.credentials = credentials;
    this.file = file;
    this.deviceName = deviceName;
  }

  private static Optional<SessionFile> fileOf(MatrixSettings settings, Self self) {
    return settings.credentials() instanceof Credentials.UserAndPassword(var user, var _)
        ? Optional.of(new SessionFile(self.stateDirectory(), settings.homeserver(), user))
        : Optional.empty();
  }

  /** The session, if one has begun. */
  @Nullable Session known() {
    return session;
  }

  /** The session, begun now if there is none. */
  Session session(Deadline deadline) throws NoAnswer, Refused {
    var known = session;
    return known == null ? begin(null, deadline) : known;
  }

  /** Makes a request as this account. */
  JsonNode ask(Call call, Deadline deadline) throws NoAnswer, Refused {
    var current = session(deadline);
    try {
      return homeserver.ask(call, current.token(), deadline);
    } catch (Refused refused) {
      if (!refused.is(Refused.UNKNOWN_TOKEN)
          || !(credentials instanceof Credentials.UserAndPassword)) {
        throw refused;
      }
      // Logged out elsewhere, or expired.
      return homeserver.ask(call, begin(current, deadline).token(), deadline);
    }
  }

  /** Begins a session, unless another thread has done so since {@code ended} was in use. */
  private Session begin(@Nullable Session ended, Deadline deadline) throws NoAnswer, Refused {
    beginning.lock();
    try {
      var known = session;
      if (known != null && !known.equals(ended)) {
        return known;
      }
      var begun =
          switch (credentials) {
            case Credentials.Token(var token) -> recognised(token, deadline);
            case Credentials.UserAndPassword login -> begin(login, ended, deadline);
          };
      session = begun;
      return begun;
    } finally {
      beginning.unlock();
    }
  }

  private Session recognised(String token, Deadline deadline) throws NoAnswer, Refused {
    var who = homeserver.ask(Call.get("/account/whoami"), token, deadline);
    return new Session(who.path("user_id").asText(), who.path("device_id").asText(""), token);
  }

  private Session begin(
      Credentials.UserAndPassword login, @Nullable Session ended, Deadline deadline)
      throws NoAnswer, Refused {
    var kept = file.flatMap(SessionFile::read);
    if (kept.isPresent() && !kept.get().equals(ended)) {
      return kept.get();
    }
    var device =
        kept.map(Session::deviceId)
            .orElseGet(() ->
                "PARLEY"
                    + UUID.randomUUID().toString().replace("-", "").substring(0, DEVICE_DIGITS));
    var body =
        Json.object()
            .put("type", "m.login.password")
            .put("password", login.password())
            .put("device_id", device)
            .put("initial_device_display_name", deviceName);
    body.putObject("identifier").put("type", "m.id.user").put("user", login.user());
    var answer = homeserver.ask(Call.post("/login", body), null, deadline);
    var begun =
        new Session(
            answer.path("user_id").asText(),
            answer.path("device_id").asText(),
            answer.path("access_token").asText());
    file.ifPresent(f -> f.write(begun));
    return begun;
  }
}
