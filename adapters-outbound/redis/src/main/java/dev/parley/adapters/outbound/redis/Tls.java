package dev.parley.adapters.outbound.redis;

import dev.parley.ports.BackendException.Misconfigured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections are encrypted, in the PEM files that {@code redis-cli} takes.
 *
 * @param authorities certificates of the authorities to trust; null for those of Java
 * @param certificate this client's own certificate, if any
 * @param key its private key, if any
 * @param verifyHost whether the server's certificate has to name the host
 */
record Tls(
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path key,
    boolean verifyHost) {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final char[] IN_MEMORY = {};
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END");
  private static final String NO_CERTIFICATE =
      "names %s, which holds no certificate in PEM form: name a file that does";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  /**
   * Reads the files.
   *
   * @throws Misconfigured when one cannot be used
   */
  SSLSocketFactory sockets() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          certificate == null || key == null ? null : ownCertificate(certificate, key),
          authorities == null ? null : trusted(authorities),
          null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new Misconfigured(
          "the TLS certificates cannot be used together: check tls_ca_cert, tls_cert and tls_key",
          unusable);
    }
  }

  /** What a connection has to hold to. */
  SSLParameters parameters() {
    var parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm(verifyHost ? "HTTPS" : "");
    return parameters;
  }

  private static javax.net.ssl.TrustManager[] trusted(Path file)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var number = 0;
    for (var authority : certificates(file, "tls_ca_cert")) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static javax.net.ssl.KeyManager[] ownCertificate(Path certificate, Path key)
      throws GeneralSecurityException, IOException {
    var chain = certificates(certificate, "tls_cert").toArray(Certificate[]::new);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("parley", privateKey(key), IN_MEMORY, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(Path file, String setting) {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file, setting)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException unreadable) {
      throw Misconfigured.of(setting, NO_CERTIFICATE.formatted(file), unreadable);
    }
    throw Misconfigured.of(setting, NO_CERTIFICATE.formatted(file));
  }

  private static PrivateKey privateKey(Path file) {
    var pem = KEY.matcher(new String(read(file, "tls_key"), StandardCharsets.US_ASCII));
    if (!pem.find() || !pem.group(1).isEmpty()) {
      throw Misconfigured.of(
          "tls_key",
          "names %1$s, which holds no private key in plain PKCS#8 form: make one with `openssl pkcs8 -topk8 -nocrypt -in %1$s`"
              .formatted(file));
    }
    var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2)));
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException ofAnotherAlgorithm) {
        LOG.debug("{} holds no {} key", file, algorithm, ofAnotherAlgorithm);
      }
    }
    throw Misconfigured.of(
        "tls_key",
        "names %s, whose key is of none of the kinds %s"
            .formatted(file, String.join(", ", ALGORITHMS)));
  }

  private static byte[] read(Path file, String setting) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw Misconfigured.of(
          setting,
          "names %s, which cannot be read: correct the path or its permissions".formatted(file),
          unreadable);
    }
  }
}
