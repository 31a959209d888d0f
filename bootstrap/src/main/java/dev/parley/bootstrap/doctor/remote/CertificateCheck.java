package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether something listens at the public URL, and shows a certificate that clients accept. */
final class CertificateCheck {

  private static final String CHECK = "TLS";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration SOON = Duration.ofDays(14);
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager trusted;
  private final InstantSource clock;

  CertificateCheck(X509ExtendedTrustManager trusted, InstantSource clock) {
    this.trusted = trusted;
    this.clock = clock;
  }

  /** The authorities that Java trusts. */
  static X509ExtendedTrustManager trustedByDefault() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has trust managers", e);
    }
  }

  static SSLContext trusting(X509ExtendedTrustManager trusted) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trusted}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  Finding of(PublicServer server) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
      return server.isTls()
          ? certificate(socket, server)
          : Finding.ok("connection", "something listens on port %d".formatted(server.port()));
    } catch (IOException e) {
      return Finding.problem(
          "connection",
          "%s:%d cannot be reached: %s".formatted(server.host(), server.port(), reason(e)),
          "see that the proxy, tunnel or 'parley serve --http' runs there, and that firewalls let"
              + " the port through");
    }
  }

  private Finding certificate(Socket socket, PublicServer server) {
    var shown = new ShownCertificates(trusted);
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      shakeHands(socket, server, shown);
    } catch (IOException e) {
      return refused(shown, server, e);
    }
    var certificate = shown.first();
    return certificate == null ? speechless(server, "no certificate") : dated(certificate, server);
  }

  private static void shakeHands(Socket socket, PublicServer server, ShownCertificates shown)
      throws IOException {
    try (var tls =
        (SSLSocket)
            trusting(shown)
                .getSocketFactory()
                .createSocket(socket, server.host(), server.port(), true)) {
      var parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case ConnectException _ -> "the connection is refused";
      case SocketTimeoutException _ ->
          "no connection within %d s".formatted(PATIENCE_MILLIS / 1000);
      default -> String.valueOf(e.getMessage());
    };
  }

  private Finding dated(X509Certificate certificate, PublicServer server) {
    var end = certificate.getNotAfter().toInstant();
    var found = "the certificate for %s is valid until %s".formatted(server.host(), day(end));
    if (isOutdated(certificate)) {
      return outdated(certificate);
    }
    return end.isBefore(clock.instant().plus(SOON))
        ? Finding.warning(
            CHECK,
            found + ", which is soon",
            "renew it, and see why that does not happen by itself")
        : Finding.ok(CHECK, found);
  }

  private boolean isOutdated(X509Certificate certificate) {
    var now = clock.instant();
    return now.isAfter(certificate.getNotAfter().toInstant())
        || now.isBefore(certificate.getNotBefore().toInstant());
  }

  private Finding outdated(X509Certificate certificate) {
    return Finding.problem(
        CHECK,
        "the certificate is valid from %s to %s, but today is %s"
            .formatted(
                day(certificate.getNotBefore().toInstant()),
                day(certificate.getNotAfter().toInstant()),
                day(clock.instant())),
        "renew it; if the dates look right, set the clock of this machine");
  }

  private static Finding speechless(PublicServer server, String why) {
    return Finding.problem(
        CHECK,
        "port %d of %s does not speak TLS as clients do: %s"
            .formatted(server.port(), server.host(), why),
        "have the proxy serve HTTPS there, or set http.tls when Parley itself listens there");
  }

  /** The handshake failed: for the certificate's dates, for who signed it, or for its names. */
  private Finding refused(ShownCertificates shown, PublicServer server, IOException why) {
    var certificate = shown.first();
    if (certificate == null) {
      return speechless(server, String.valueOf(why.getMessage()));
    }
    if (isOutdated(certificate)) {
      return outdated(certificate);
    }
    return shown.isTrusted()
        ? Finding.problem(
            CHECK,
            "the certificate is for %s, not for %s".formatted(names(certificate), server.host()),
            "get one for %s, or mend http.public_url".formatted(server.host()))
        : Finding.problem(
            CHECK,
            "the certificate is issued by '%s', and %d certificate(s) are shown, which lead to no authority that Java trusts"
                .formatted(certificate.getIssuerX500Principal().getName(), shown.count()),
            "use one of a public authority, and serve the full chain (fullchain.pem)");
  }

  private static String names(X509Certificate certificate) {
    try {
      var names =
          Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of());
      var texts =
          names.stream()
              .filter(
                  name -> name.getFirst().equals(DNS_NAME) || name.getFirst().equals(IP_ADDRESS))
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.joining(", "));
      return texts.isEmpty() ? "no name at all" : texts;
    } catch (CertificateException e) {
      return "names that cannot be read";
    }
  }

  private static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
