package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Reads the PEM files that NATS is set up with. */
final class TlsFiles {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  private final Tls tls;

  TlsFiles(Tls tls) {
    this.tls = tls;
  }

  /** What vouches for both sides. */
  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new Misconfigured(
          "TLS cannot be set up with the given certificates: check tls_ca, tls_cert and tls_key",
          unusable);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted());
    return Stream.of(factory.getTrustManagers())
        .map(manager ->
            manager instanceof X509ExtendedTrustManager trust ? new NameCheck(trust) : manager)
        .toArray(TrustManager[]::new);
  }

  private @Nullable KeyStore trusted() throws GeneralSecurityException, IOException {
    var authority = tls.authority();
    if (authority == null) {
      return null;
    }
    var trusted = emptyStore();
    for (var certificate : certificates(Tls.AUTHORITY, authority)) {
      trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
    }
    return trusted;
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
    var certificate = tls.certificate();
    var key = tls.key();
    if (certificate == null || key == null) {
      return null;
    }
    var own = emptyStore();
    var chain = certificates(Tls.CERTIFICATE, certificate).toArray(Certificate[]::new);
    own.setKeyEntry("parley", privateKey(key), NO_PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Setting setting, Path file)
      throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw refused(setting, file, "holds no certificate in PEM", null);
      }
      return certificates;
    } catch (IOException unreadable) {
      throw refused(setting, file, "cannot be read", unreadable);
    } catch (java.security.cert.CertificateException malformed) {
      throw refused(setting, file, "holds no certificate in PEM", malformed);
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
    try {
      var pem = PKCS8.matcher(Files.readString(file));
      if (!pem.find()) {
        throw refused(
            Tls.KEY,
            file,
            "holds no key in PKCS#8; `openssl pkcs8 -topk8 -nocrypt` makes one",
            null);
      }
      var encoded = Base64.getMimeDecoder().decode(pem.group(1));
      for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException _) {
          // Of another kind.
        }
      }
      throw refused(Tls.KEY, file, "holds a key that is not RSA, EC or Ed25519", null);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw refused(Tls.KEY, file, "cannot be read", unreadable);
    }
  }

  private static Misconfigured refused(
      Setting setting, Path file, String what, @Nullable Throwable cause) {
    return Misconfigured.of(
        setting.name(),
        "names %s, which %s: correct the path or the file".formatted(file, what),
        cause);
  }
}
