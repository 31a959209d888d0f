package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Says what went wrong with a server in words that name its address and the remedy. */
final class Faults {

  private final RedisSettings settings;
  private final Health health;
  private final Refusals refusals;

  Faults(RedisSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
    this.refusals = new Refusals(settings.login(), settings.url().database());
  }

  /** What it means that a connection could not be opened, or broke. */
  BackendException of(JedisException failure, Object address) {
    return noted(
        failure instanceof JedisDataException refusal
            ? refused(refusal, address)
            : broken(failure, address));
  }

  /** Whether the other side was silent. */
  static boolean isTimeout(JedisException failure) {
    return causedBy(failure, SocketTimeoutException.class).isPresent();
  }

  private BackendException broken(JedisException failure, Object address) {
    if (failure instanceof Replies.NotRedis) {
      return new Misconfigured(
          "what listens at %s does not speak the Redis protocol: correct url, or begin it with rediss if the server wants TLS"
              .formatted(address),
          failure);
    }
    if (causedBy(failure, UnknownHostException.class).isPresent()) {
      return unavailable(
          "the host name of %s cannot be resolved: correct url, or check the network",
          address, failure);
    }
    var tls = causedBy(failure, SSLException.class);
    if (tls.isPresent()) {
      return badTls(String.valueOf(tls.get().getMessage()), address, failure);
    }
    if (isTimeout(failure)) {
      return tooSlow(address);
    }
    if (causedBy(failure, java.net.ConnectException.class).isPresent()) {
      return unavailable(
          "the Redis server at %s cannot be reached: start it, or correct url", address, failure);
    }
    return unavailable(
        "the connection to the Redis server at %s was closed by the other side: check that it is"
            + " running"
            + hintOnTls(),
        address,
        failure);
  }

  private String hintOnTls() {
    var tls = settings.tls();
    if (tls == null) {
      return ", and begin url with rediss if it wants TLS";
    }
    return tls.certificate() == null
        ? ", and set tls_cert and tls_key if it wants a certificate of the client"
        : "";
  }

  private BackendException badTls(String reason, Object address, JedisException failure) {
    if (reason.contains("Unsupported or unrecognized SSL message")
        || reason.contains("no answer to the TLS greeting")) {
      return new Misconfigured(
          "the server at %s does not speak TLS, or not in time: begin url with redis instead of rediss if it has none"
              .formatted(address),
          failure);
    }
    if (reason.contains("subject alternative") || reason.contains("No name matching")) {
      return new Misconfigured(
          "the certificate of the server at %s is for another host: correct url, or set tls_verify_host to false"
              .formatted(address),
          failure);
    }
    if (reason.contains("PKIX") || reason.contains("trust")) {
      return new Misconfigured(
          "the certificate of the server at %s is not trusted: name its authority in tls_ca_cert"
              .formatted(address),
          failure);
    }
    if (reason.contains("certificate_required")) {
      return new Misconfigured(
          "the server at %s wants a certificate of the client: set tls_cert and tls_key"
              .formatted(address),
          failure);
    }
    return unavailable(
        "TLS with the server at %s failed: check tls_ca_cert, tls_cert and the server's log",
        address, failure);
  }

  /** What it means that a server answered a command with an error; nothing was stored then. */
  BackendException refused(JedisDataException refusal, Object address) {
    var fault = refusals.inWords(refusal, address, health.failingSince());
    return Refusals.isOfServer(refusal) ? noted(fault) : fault;
  }

  /** The same, wherever the primary is. */
  BackendException refused(JedisDataException refusal) {
    return refused(refusal, settings.url().place());
  }

  BackendException isTooOld(Object address, String version) {
    return noted(tooOld(address, version));
  }

  static Misconfigured tooOld(Object address, String version) {
    return new Misconfigured(
        "the Redis server at %s is %s: Parley needs 6.2 or later, or Valkey"
            .formatted(address, version));
  }

  BackendException isReplica(Object address) {
    return noted(
        new Unavailable(
            "the Redis server at %s is a read-only replica: name the primary in url, or its Sentinels"
                .formatted(address),
            health.failingSince(),
            null));
  }

  BackendException wrongMode(Object address, String remedy) {
    return noted(new Misconfigured("the Redis server at %s is %s".formatted(address, remedy)));
  }

  BackendException noNodeFor(int slot) {
    return noted(
        new Unavailable(
            "no node of %s has the slot %d: assign all slots with `redis-cli --cluster fix`"
                .formatted(settings.url().place(), slot),
            health.failingSince(),
            null));
  }

  BackendException noSentinel(@Nullable BackendException last) {
    return noted(
        new Unavailable(
            "none of the Sentinels %s could name the primary '%s'%s"
                .formatted(
                    settings.url().addresses(),
                    settings.url().primary(),
                    last == null
                        ? ": correct the name at the end of url"
                        : "; the last one: " + last.getMessage()),
            health.failingSince(),
            last));
  }

  /** Nothing came within the request timeout. */
  BackendException tooSlow(Object address) {
    return noted(
        new Unavailable(
            "the Redis server at %s did not answer within %s: check it and the network"
                .formatted(address, inWords(settings.timeout())),
            health.failingSince(),
            null));
  }

  /** Nothing came within the request timeout, wherever the primary is. */
  BackendException tooSlow() {
    return tooSlow(settings.url().place());
  }

  BackendException closed() {
    return new Unavailable(
        "the connection to Redis at %s was closed".formatted(settings.url().place()), null, null);
  }

  /** A post was sent, and then something went wrong. */
  static OutcomeUnknown unknown(BackendException why) {
    return new OutcomeUnknown("the post may or may not have been stored: " + why.getMessage(), why);
  }

  static OutcomeUnknown unconfirmed(long confirmed, int wanted) {
    return new OutcomeUnknown(
        "the post is stored on the primary, but %d of the %d replicas that wait_replicas asks for have confirmed it, so that a fail-over could lose it"
            .formatted(confirmed, wanted),
        null);
  }

  private Unavailable unavailable(String message, Object address, JedisException failure) {
    return new Unavailable(message.formatted(address), health.failingSince(), failure);
  }

  private BackendException noted(BackendException fault) {
    health.failed(fault.getMessage());
    return fault;
  }

  private static <T extends Throwable> Optional<T> causedBy(Throwable failure, Class<T> kind) {
    return Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }
}
