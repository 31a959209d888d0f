package dev.parley.adapters.inbound.http;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server and its private key, in two files that may be renewed while it runs.
 */
public final class TlsFiles {

  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final PemFile certificates;
  private final PemFile key;
  private List<@Nullable FileTime> modified;
  private volatile InUse inUse;

  /**
   * Reads both files.
   *
   * @throws IllegalArgumentException when they cannot be used, with what to do about it
   */
  public TlsFiles(Path certificates, Path key) {
    this.certificates = new PemFile("http.tls.cert", certificates);
    this.key = new PemFile("http.tls.key", key);
    this.modified = modified();
    this.inUse = read();
  }

  Tls tls() {
    return inUse.tls();
  }

  /**
   * Reads the files again if they changed since they were read last. What cannot be used, since
   * only one of them was renewed so far for one, is left until it changes again.
   */
  synchronized Optional<Tls> renewed() {
    var now = modified();
    if (now.equals(modified)) {
      return Optional.empty();
    }
    modified = now;
    try {
      inUse = read();
      LOG.info("The certificate was renewed: {}", certificates.path());
      caveat().ifPresent(LOG::warn);
      return Optional.of(inUse.tls());
    } catch (IllegalArgumentException e) {
      LOG.warn("The former certificate stays in use. {}", e.getMessage());
      return Optional.empty();
    }
  }

  private InUse read() {
    var chain = certificates.certificates();
    var secret = key.privateKey();
    if (!fits(secret, chain.getFirst().getPublicKey())) {
      throw new IllegalArgumentException(
          "http.tls.key: %s is not the key of the first certificate in %s; name the two files that were made together"
              .formatted(key.path(), certificates.path()));
    }
    var tls =
        Tls.builder()
            .privateKey(secret)
            .privateKeyCertChain(chain)
            // No client has to show one, but Helidon cannot reload where nothing is trusted.
            .trust(chain)
            .enabledProtocols(PROTOCOLS)
            .build();
    return new InUse(chain.getFirst(), tls);
  }

  /** Why clients will refuse the certificate, and what to do; empty when it is valid now. */
  public Optional<String> caveat() {
    var now = InstantSource.system().instant();
    var until = inUse.own().getNotAfter().toInstant();
    var from = inUse.own().getNotBefore().toInstant();
    if (now.isAfter(until)) {
      return Optional.of(
          "the certificate in %s expired at %s, so clients will refuse it; renew it"
              .formatted(certificates.path(), until));
    }
    return now.isBefore(from)
        ? Optional.of(
            "the certificate in %s is valid from %s on, so clients will refuse it; check the clock of this machine"
                .formatted(certificates.path(), from))
        : Optional.empty();
  }

  /** Whether what the key signs is what the other verifies. */
  private static boolean fits(PrivateKey secret, PublicKey open) {
    var algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> secret.getAlgorithm();
        };
    var anything = new byte[] {1};
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(anything);
      var signed = signature.sign();
      signature.initVerify(open);
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** When each was written; symbolic links are followed, since a renewal may turn those. */
  private List<@Nullable FileTime> modified() {
    return Arrays.asList(modified(certificates.path()), modified(key.path()));
  }

  private static @Nullable FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      return null;
    }
  }

  private record InUse(X509Certificate own, Tls tls) {}
}
