package dev.parley.bootstrap.doctor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate that clients will not accept is found, with the reason. */
class CertificateCheckTest {

  @TempDir Path folder;

  @Test
  void a_good_one_is_shown_with_its_last_day_and_the_checks_go_on() throws Exception {
    var findings = examined(Certificates.of(folder, "dns:localhost", "-1d", 90), true);
    assertThat(findings)
        .contains(Finding.ok("TLS", "the certificate for localhost is valid until " + inDays(89)));
    assertThat(findings).extracting(Finding::check).contains("health");
  }

  @Test
  void one_that_ends_soon_is_a_warning() throws Exception {
    var tls = tls(examined(Certificates.of(folder, "dns:localhost", "-1d", 14), true));
    assertThat(tls.level()).isEqualTo(Level.WARNING);
    assertThat(tls.found()).contains(inDays(13) + ", which is soon");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_expired_one_ends_the_checks_whoever_vouches_for_it(boolean trusted) throws Exception {
    var findings = examined(Certificates.of(folder, "dns:localhost", "-30d", 10), trusted);
    assertThat(tls(findings))
        .isEqualTo(
            Finding.problem(
                "TLS",
                "the certificate is valid from %s to %s, but today is %s"
                    .formatted(inDays(-30), inDays(-20), inDays(0)),
                "renew it; if the dates look right, set the clock of this machine"));
    assertThat(findings).extracting(Finding::check).doesNotContain("health");
  }

  @Test
  void one_for_another_name_says_for_which() throws Exception {
    assertThat(tls(examined(Certificates.of(folder, "dns:other.example", "-1d", 90), true)).found())
        .isEqualTo("the certificate is for other.example, not for localhost");
  }

  @Test
  void one_that_nobody_vouches_for_says_who_issued_it() throws Exception {
    var tls = tls(examined(Certificates.of(folder, "dns:localhost", "-1d", 90), false));
    assertThat(tls.found()).contains("issued by 'CN=test', and 1 certificate(s) are shown");
    assertThat(tls.remedy()).contains("fullchain.pem");
  }

  @Test
  void a_port_without_tls_is_named() throws Exception {
    try (var plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(plain));
      var findings =
          Site.configured(
              folder,
              "http: { public_url: \"https://localhost:%d\" }".formatted(plain.getLocalPort()));
      assertThat(tls(findings).found()).contains("does not speak TLS as clients do");
    }
  }

  /** Answers as nginx does when a client speaks TLS to its port for HTTP. */
  private static void refuse(ServerSocket plain) {
    try (var client = plain.accept()) {
      client
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Finding> examined(Certificates certificates, boolean trusted) throws Exception {
    try (var site = Site.withTls(certificates.served())) {
      return (trusted ? site.trusting(certificates.trusted()) : site).examined(folder);
    }
  }

  private static Finding tls(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.check().equals("TLS"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding about TLS in " + findings));
  }

  private static String inDays(int days) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
  }
}
