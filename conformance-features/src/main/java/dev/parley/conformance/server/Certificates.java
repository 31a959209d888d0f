package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key with a certificate that vouches for itself, as files in PEM; made by the JDK's keytool. */
public record Certificates(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  /** For a server or client with this alternative name, such as {@code ip:127.0.0.1}. */
  public static Certificates make(Path folder, String name, String alternativeName) {
    var store = folder.resolve(name + ".p12");
    try {
      var keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=" + alternativeName,
                  "-alias",
                  name,
                  "-keystore",
                  store.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
      }
      var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      return new Certificates(
          pem(
              folder.resolve(name + "-cert.pem"),
              "CERTIFICATE",
              keys.getCertificate(name).getEncoded()),
          pem(
              folder.resolve(name + "-key.pem"),
              "PRIVATE KEY",
              keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(Path file, String what, byte[] encoded) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.write(
        file, List.of("-----BEGIN " + what + "-----", text, "-----END " + what + "-----"));
  }
}
