package dev.parley.bootstrap.doctor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** A key and its self-signed certificate, made by the JDK's keytool. */
record Certificates(KeyStore store) {

  private static final char[] PASSWORD = "changeit".toCharArray();

  /**
   * Makes one.
   *
   * @param name such as {@code dns:localhost}
   * @param start such as {@code -20d}
   */
  static Certificates of(Path folder, String name, String start, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = folder.resolve("key.p12");
    Files.deleteIfExists(file);
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-alias",
                    "key",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + name,
                    "-startdate",
                    start,
                    "-validity",
                    Integer.toString(days),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return new Certificates(KeyStore.getInstance(file.toFile(), PASSWORD));
  }

  SSLContext served() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Trusts this certificate. */
  X509ExtendedTrustManager trusted() throws GeneralSecurityException {
    var authorities = KeyStore.getInstance("PKCS12");
    try {
      authorities.load(null, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    authorities.setCertificateEntry("test", store.getCertificate("key"));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return Stream.of(factory.getTrustManagers())
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
