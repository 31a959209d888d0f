package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.Reason;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoEndpointsDiscoveredException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByClientException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByServerException;
import org.jivesoftware.smack.SmackException.SmackSaslException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/** Says why no connection could be made, from what the library throws. */
final class ConnectingFaults {

  private final XmppSettings settings;
  private final Health health;

  ConnectingFaults(XmppSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** Why no connection could be made. */
  BackendException of(Exception failure) {
    if (failure instanceof BackendException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var known = ofCause(cause, failure);
      if (known != null) {
        return known;
      }
    }
    return unavailable(
        "cannot be connected to (%s): start it, or correct service".formatted(Reason.of(failure)),
        failure);
  }

  private @Nullable BackendException ofCause(Throwable cause, Exception failure) {
    return switch (cause) {
      case UnknownHostException _ -> unknownHost(failure);
      case SASLErrorException refused -> refusedAccount(refused);
      case SmackSaslException _ ->
          new Misconfigured(
              "the XMPP server at %s offers no way to log in with a password that can be used: %s"
                  .formatted(
                      settings.server(),
                      settings.encrypted()
                          ? "let it offer SCRAM-SHA-1 or PLAIN"
                          : "let it offer SCRAM-SHA-1, or set tls: required"),
              failure);
      case SecurityRequiredByServerException _ ->
          new Misconfigured(
              "the XMPP server at %s insists on TLS: set tls: required, and trust_store where its certificate is not one the system trusts"
                  .formatted(settings.server()),
              failure);
      case SecurityRequiredByClientException _ ->
          new Misconfigured(
              "the XMPP server at %s offers no TLS: give it a certificate, or set tls: none on a network that you trust"
                  .formatted(settings.server()),
              failure);
      case SSLException _ -> badCertificate(cause, failure);
      case CertificateException _ -> badCertificate(cause, failure);
      case StreamErrorException stream -> ofStream(stream);
      case NoEndpointsDiscoveredException _ -> unknownHost(failure);
      case EndpointConnectionException end ->
          end.getConnectionExceptions().isEmpty() ? unknownHost(failure) : unreachable(end);
      case NoResponseException _ ->
          unavailable(
              "takes the connection and does not answer as an XMPP server does: check its load, and"
                  + " the port in service (clients use 5222)",
              failure);
      case XmlPullParserException unread -> ofStream(unread);
      default -> null;
    };
  }

  private BackendException refusedAccount(SASLErrorException refused) {
    return new AccessDenied(
        "the XMPP server at %s refuses the account '%s' or its password (%s): check username and password"
            .formatted(
                settings.server(),
                settings.account(),
                refused.getSASLFailure().getSASLError().toString().replace('_', '-')),
        refused);
  }

  private BackendException badCertificate(Throwable cause, Exception failure) {
    return new Misconfigured(
        "TLS with the XMPP server at %s fails for the domain %s (%s): check its certificate, domain and trust_store"
            .formatted(settings.server(), settings.domain(), Reason.of(cause)),
        failure);
  }

  private BackendException ofStream(StreamErrorException stream) {
    var condition = stream.getStreamError().getCondition().toString().replace('_', '-');
    return condition.equals("host-unknown")
        ? new Misconfigured(
            "the XMPP server at %s does not serve the domain %s: correct domain, or service"
                .formatted(settings.server(), settings.domain()),
            stream)
        : unavailable("ends the connection (%s)".formatted(condition), stream);
  }

  // What breaks off is unreadable, too; only what began otherwise is no server.
  private BackendException ofStream(XmlPullParserException unread) {
    return String.valueOf(unread.getMessage()).contains("prolog")
        ? new Misconfigured(
            "what listens at %s is no XMPP server, or expects TLS at once: check the port in service (clients use 5222)"
                .formatted(settings.server()),
            unread)
        : unavailable("breaks the connection off: check that it is up, and its log", unread);
  }

  private BackendException unknownHost(Exception failure) {
    return unavailable("has a name that cannot be found: check service and the DNS", failure);
  }

  private BackendException unreachable(EndpointConnectionException end) {
    return unavailable(
        "cannot be reached (%s): start it, or correct service"
            .formatted(Reason.of(end.getConnectionExceptions().getFirst().getException())),
        end);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    return new Unavailable(
        "the XMPP server at %s %s".formatted(settings.server(), predicate),
        health.failingSince(),
        cause);
  }
}
