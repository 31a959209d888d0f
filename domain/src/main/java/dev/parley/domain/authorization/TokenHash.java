package dev.parley.domain.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What is kept of a code or token: its SHA-256, in hexadecimal digits. A secret of 256 random bits
 * needs no salt and no slow hash.
 */
@ValueObject
public record TokenHash(String value) {

  /** The hash of a secret. */
  public static TokenHash of(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new TokenHash(
          HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
