package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.Reason;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import io.nats.client.AuthenticationException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with the server in words that name it and the remedy; never a secret. */
final class Faults {

  private final NatsSettings settings;
  private final Health health;

  Faults(NatsSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** Why no connection could be made. */
  BackendException ofConnecting(ConnectionEvents events, Exception failure) {
    var complaint = String.valueOf(events.lastError()).toLowerCase(Locale.ROOT);
    if (failure instanceof AuthenticationException || complaint.contains("auth")) {
      return refusedCredentials(failure);
    }
    if (complaint.contains("maximum connections")) {
      return unavailable("takes no more connections: raise its max_connections", failure);
    }
    var cause = events.lastException();
    return ofCause(cause == null ? failure : cause, failure);
  }

  private BackendException refusedCredentials(Exception failure) {
    return new AccessDenied(
        "the NATS server at %s refuses %s: check %s"
            .formatted(
                settings.hosts(),
                switch (settings.credentials()) {
                  case Credentials.Anonymous() -> "a connection without credentials";
                  case Credentials.UserAndPassword(var user, var _) ->
                      "the user '%s' or the password".formatted(user);
                  case Credentials.Token(var _) -> "the token";
                  case Credentials.NKeyFile(var file) -> "the key in " + file;
                  case Credentials.CredsFile(var file) -> "the credentials in " + file;
                },
                switch (settings.credentials()) {
                  case Credentials.Anonymous() ->
                      "which of user and password, token, nkey_file or creds_file it wants";
                  case Credentials.UserAndPassword(var _, var _) -> "user and password";
                  case Credentials.Token(var _) -> "token";
                  case Credentials.NKeyFile(var _) -> "nkey_file";
                  case Credentials.CredsFile(var _) -> "creds_file";
                }),
        failure);
  }

  private BackendException ofCause(Throwable cause, Exception failure) {
    for (var c = cause; c != null; c = c.getCause()) {
      if (c instanceof UnknownHostException) {
        return unavailable("has a name that cannot be found: check servers and the DNS", failure);
      }
      if (c instanceof SSLException) {
        return new Misconfigured(
            "TLS with the NATS server at %s fails (%s): check the certificates, tls_ca and, where it verifies clients, tls_cert and tls_key"
                .formatted(settings.hosts(), Reason.of(c)),
            failure);
      }
      if (c instanceof SocketTimeoutException) {
        return unavailable(
            "does not answer: check that it is up, and that servers names it", failure);
      }
      if (c instanceof TimeoutException) {
        return silent(failure);
      }
    }
    var said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("ssl required by server")) {
      return new Misconfigured(
          "the NATS server at %s insists on TLS: set tls: true, and tls_ca where its certificate is not one the system trusts"
              .formatted(settings.hosts()),
          failure);
    }
    if (said.contains("ssl connection wanted")) {
      return new Misconfigured(
          "the NATS server at %s offers no TLS: set up tls there, or remove tls, tls:// and the tls_ keys here"
              .formatted(settings.hosts()),
          failure);
    }
    if (said.contains("non-info") || said.contains("initial info")) {
      return new Misconfigured(
          "what listens at %s is no NATS server (or wants tls_first): check the port in servers"
              .formatted(settings.hosts()),
          failure);
    }
    if (cause instanceof SocketException || cause instanceof EOFException) {
      return unavailable(
          "cannot be reached (%s): start it, or correct servers".formatted(Reason.of(cause)),
          failure);
    }
    return unavailable("cannot be reached: start it, or correct servers", failure);
  }

  // Of a handshake that the server breaks off the library only reports that time is over.
  private Unavailable silent(Exception failure) {
    return unavailable(
        settings.tls().required()
            ? "takes the connection and says nothing after that: where it verifies clients, set"
                + " tls_cert and tls_key, and where it has handshake_first, tls_first"
            : "takes the connection and says nothing: check that it is a NATS server, and its port"
                + " in servers; a server with handshake_first needs tls_first",
        failure);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    return new Unavailable(
        "the NATS server at %s %s".formatted(settings.hosts(), predicate),
        health.failingSince(),
        cause);
  }

  /** An earlier fault, for one more caller. */
  BackendException again(BackendException fault) {
    return fault instanceof Unavailable
        ? new Unavailable(String.valueOf(fault.getMessage()), health.failingSince(), fault)
        : fault;
  }

  /** The connection was there and is gone. */
  String lost() {
    return "the connection to the NATS server at %s was lost".formatted(settings.hosts());
  }

  BackendException disconnected() {
    return new Unavailable(lost() + " and is being made again", health.failingSince(), null);
  }

  /** No connection came up within the request timeout. */
  BackendException noConnection() {
    return unavailable(
        "could not be connected to within %s: check that it is up, and that servers names it"
            .formatted(inWords(settings.timeout())),
        null);
  }

  BackendException closed() {
    return new Unavailable(
        "the connection to the NATS server at %s was closed".formatted(settings.hosts()),
        null,
        null);
  }

  BackendException interrupted() {
    return new Unavailable(
        "the request to the NATS server at %s was cancelled".formatted(settings.hosts()),
        null,
        null);
  }

  /** A request that changes nothing got no answer. */
  BackendException of(Unanswered unanswered) {
    return switch (unanswered.why()) {
      case INTERRUPTED -> interrupted();
      case NO_RESPONDERS -> noJetStream();
      case NOT_SENT, CONNECTION_LOST -> disconnected();
      case TOO_LATE -> tooSlow();
    };
  }

  /** A post that nobody can have stored. */
  BackendException ofPost(Unanswered unanswered) {
    return unanswered.why() == Unanswered.Why.NO_RESPONDERS
        ? unavailable(
            "has nobody who stores the post: its stream was deleted, or is without a leader", null)
        : of(unanswered);
  }

  BackendException unexpected(RuntimeException bug) {
    health.failed(String.valueOf(bug.getMessage()));
    return new Unavailable(
        "the backend failed unexpectedly; please report this with what PARLEY_LOG=debug shows",
        health.failingSince(),
        bug);
  }

  /** Nothing came within the request timeout. */
  BackendException tooSlow() {
    var fault =
        unavailable(
            "did not answer within %s: check its load, and that a majority of its cluster is up"
                .formatted(inWords(settings.timeout())),
            null);
    health.failed(fault.getMessage());
    return fault;
  }

  /** Nobody takes a subject of the JetStream API. */
  BackendException noJetStream() {
    return new Misconfigured(
        "the NATS server at %s has no JetStream, or none for this account: start it with -js, or enable jetstream in its configuration"
            .formatted(settings.hosts()));
  }

  /** A post of which nobody knows what became. */
  BackendException outcomeUnknown(Exception why) {
    return new OutcomeUnknown(
        "the NATS server at %s did not confirm the post: whether it was stored is unknown, so look into the topic before posting it again"
            .formatted(settings.hosts()),
        why);
  }

  /** The account may not do something. */
  BackendException denied(ConnectionEvents.Denial denial) {
    return new AccessDenied(
        "the NATS account has no permission to %s '%s': grant it in the server's configuration or account"
            .formatted(denial.publish() ? "publish to" : "subscribe to", denial.subject()),
        null);
  }

  /** The stream that a topic maps to is another topic's. */
  BackendException foreignStream(String stream, String topic, String owner) {
    return new Misconfigured(
        "the stream %s belongs to the topic '%s', as its description says, and cannot hold '%s' as well: use another topic name, or correct that description"
            .formatted(stream, shortened(owner), shortened(topic)));
  }

  /** The stream is there and does not take the topic's subject. */
  BackendException foreignSubject(StreamState stream, String subject) {
    return new Misconfigured(
        "the stream %s takes %s and not the subject %s: add that to its subjects, or correct subject_prefix"
            .formatted(stream.name(), String.join(", ", stream.subjects()), subject));
  }

  /** JetStream refused a request. */
  BackendException of(ApiError error, String about) {
    return switch (error.errorCode()) {
      case ApiError.NOT_ENABLED, ApiError.NOT_ENABLED_FOR_ACCOUNT -> noJetStream();
      case ApiError.SUBJECTS_OVERLAP ->
          new Misconfigured(
              "the stream %s cannot be made, since another stream takes its subjects: set another subject_prefix, or narrow that stream's subjects"
                  .formatted(about));
      case ApiError.REPLICAS_WITHOUT_CLUSTER, ApiError.NO_SUITABLE_PEERS ->
          new Misconfigured(
              "the stream %s cannot have as many replicas as asked for (%s): lower replicas, or add servers with JetStream to the cluster"
                  .formatted(about, error.description()));
      case ApiError.CLUSTER_NOT_AVAILABLE, ApiError.NOT_LEADER, ApiError.STREAM_OFFLINE ->
          unavailable(
              "has no leader for %s (%s): check that a majority of its cluster is up"
                  .formatted(about, error.description()),
              null);
      case ApiError.STREAM_LIMIT, ApiError.CONSUMER_LIMIT ->
          new Misconfigured(
              "the limits of the NATS account or stream leave no room for %s (%s): raise them, or use fewer topics"
                  .formatted(about, error.description()));
      default ->
          unavailable(
              "refuses a request about %s: %s (error %d)"
                  .formatted(about, error.description(), error.errorCode()),
              null);
    };
  }

  private static String shortened(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }
}
