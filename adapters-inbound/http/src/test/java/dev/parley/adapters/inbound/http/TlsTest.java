package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import dev.parley.adapters.inbound.mcp.Requests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS by the server itself, from two files. */
class TlsTest {

  @TempDir Path folder;

  private Path cert = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void name() {
    cert = folder.resolve("fullchain.pem");
    key = folder.resolve("privkey.pem");
  }

  private void write(String certificate, String privateKey) throws IOException {
    Files.writeString(cert, certificate);
    Files.writeString(key, privateKey);
  }

  private HttpServer server() {
    var topic = new OneTopic();
    return new HttpServer(
        new Options(
            "1",
            "127.0.0.1",
            0,
            "https://127.0.0.1",
            List.of(),
            Optional.of(new TlsFiles(cert, key))),
        FixtureTools.catalogue(),
        new Requests(topic, topic, topic),
        List.of(new Health(topic, topic)));
  }

  private static int status(int port, SelfSigned trusted, String... protocols)
      throws IOException, InterruptedException {
    var parameters = new SSLParameters();
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    try (var client =
        HttpClient.newBuilder().sslContext(trusted.trusted()).sslParameters(parameters).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:%d/health".formatted(port))).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void a_client_that_trusts_the_certificate_is_served(String algorithm) throws Exception {
    var signed = SelfSigned.of(algorithm);
    write(signed.certificatePem(), signed.keyPem());
    assertThat(new TlsFiles(cert, key).caveat()).isEmpty();
    try (var server = server()) {
      var port = server.start();
      assertThat(status(port, signed, "TLSv1.3")).isEqualTo(200);
      assertThat(status(port, signed, "TLSv1.2")).isEqualTo(200);
      assertThatThrownBy(() -> status(port, SelfSigned.of("EC")))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void keys_in_the_traditional_forms_are_read(String algorithm) throws Exception {
    var signed = SelfSigned.of(algorithm);
    write(signed.certificatePem(), signed.certificatePem() + signed.traditionalKeyPem());
    try (var server = server()) {
      assertThat(status(server.start(), signed)).isEqualTo(200);
    }
  }

  @Test
  void a_certificate_that_was_renewed_is_used_without_a_restart() throws Exception {
    var first = SelfSigned.of("EC");
    var second = SelfSigned.of("RSA");
    write(first.certificatePem(), first.keyPem());
    try (var server = server()) {
      var port = server.start();
      assertThat(status(port, first)).isEqualTo(200);

      Files.writeString(cert, second.certificatePem());
      touch(cert, 1);
      server.renewCertificate();
      assertThat(status(port, first)).as("while only one file was renewed").isEqualTo(200);

      Files.writeString(key, second.keyPem());
      touch(key, 2);
      server.renewCertificate();
      assertThat(status(port, second)).isEqualTo(200);
      assertThatThrownBy(() -> status(port, first)).isInstanceOf(SSLException.class);
    }
  }

  /** Gives a file a time of its own, however coarse the clock of the file system is. */
  private static void touch(Path file, int step) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofMinutes(step))));
  }

  @Test
  void a_certificate_that_expired_is_served_all_the_same() throws Exception {
    var expired = SelfSigned.of("EC", Instant.now().minus(Duration.ofHours(1)));
    write(expired.certificatePem(), expired.keyPem());
    assertThat(new TlsFiles(cert, key).caveat().orElseThrow())
        .contains(cert.toString(), "expired at", "renew it");
    try (var server = server()) {
      assertThat(status(server.start(), expired)).isEqualTo(200);
    }
  }

  private void assertRefused(String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFiles(cert, key))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void a_file_that_is_missing_is_named() throws IOException {
    assertRefused("http.tls.cert: " + cert, "is not there");
    var signed = SelfSigned.of("EC");
    Files.writeString(cert, signed.certificatePem());
    assertRefused("http.tls.key: " + key, "is not there");
  }

  @Test
  void a_file_without_what_it_should_hold_is_named() throws IOException {
    var signed = SelfSigned.of("EC");
    write("not PEM", signed.keyPem());
    assertRefused("http.tls.cert", "holds no certificate in PEM form", "fullchain.pem");
    write(signed.keyPem(), signed.keyPem());
    assertRefused("http.tls.cert", "holds no certificate in PEM form");
    write(signed.certificatePem(), signed.certificatePem());
    assertRefused("http.tls.key", "holds no private key in PEM form");
    write(signed.certificatePem(), "");
    assertRefused("http.tls.key", "holds no private key in PEM form");
  }

  @Test
  void a_damaged_file_is_named_and_its_content_is_not() throws IOException {
    var signed = SelfSigned.of("EC");
    var broken = SelfSigned.pem("PRIVATE KEY", "secret".getBytes(StandardCharsets.US_ASCII));
    write(signed.certificatePem(), broken);
    assertRefused("http.tls.key", "damaged");
    write(SelfSigned.pem("CERTIFICATE", new byte[] {1, 2, 3}), signed.keyPem());
    assertRefused("http.tls.cert", "cannot be read");
    write(signed.certificatePem(), signed.keyPem().substring(0, 60));
    assertRefused("http.tls.key", "damaged");
    write(signed.certificatePem(), signed.keyPem().replace("\nM", "\n!"));
    assertRefused("http.tls.key", "damaged");
  }

  @Test
  void the_key_of_another_certificate_is_refused() throws IOException {
    write(SelfSigned.of("EC").certificatePem(), SelfSigned.of("EC").keyPem());
    assertRefused("http.tls.key: " + key, "is not the key of the first certificate in " + cert);
    write(SelfSigned.of("EC").certificatePem(), SelfSigned.of("RSA").keyPem());
    assertRefused("is not the key of the first certificate");
  }

  @Test
  void an_encrypted_key_is_refused_with_the_way_to_decrypt_it() throws IOException {
    var signed = SelfSigned.of("RSA");
    write(signed.certificatePem(), SelfSigned.pem("ENCRYPTED PRIVATE KEY", new byte[64]));
    assertRefused("http.tls.key", "encrypted", "openssl pkey");
    write(
        signed.certificatePem(),
        signed
            .traditionalKeyPem()
            .replaceFirst(
                "-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"));
    assertRefused("http.tls.key", "encrypted", "openssl pkey");
  }
}
