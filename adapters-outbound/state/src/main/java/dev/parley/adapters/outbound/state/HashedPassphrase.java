package dev.parley.adapters.outbound.state;

import dev.parley.ports.outbound.OwnerPassphrase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * A passphrase of which only a hash is kept: argon2id (<a
 * href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>, second recommendation halved: 32 MiB,
 * 3 passes) in the PHC string format, or the former {@code scrypt$SALT$HASH} in hexadecimal digits,
 * with N = 16384, r = 8, p = 1.
 */
@SecondaryAdapter
public final class HashedPassphrase implements OwnerPassphrase {

  private static final int MEMORY_KIB = 32 * 1024;
  private static final int PASSES = 3;
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int MOST_MEMORY_KIB = 1024 * 1024;

  private static final int SCRYPT_N = 16_384;
  private static final int SCRYPT_R = 8;
  private static final int SCRYPT_P = 1;

  private final Check check;

  /**
   * A passphrase with this hash.
   *
   * @throws IllegalArgumentException when it is no hash of a known form
   */
  public HashedPassphrase(String hash) {
    var text = hash.strip();
    if (text.startsWith("$argon2id$")) {
      this.check = argon2id(text);
    } else if (text.startsWith("scrypt$")) {
      this.check = scrypt(text);
    } else {
      throw unknownForm();
    }
  }

  /** The hash of a passphrase, with a salt of its own. */
  public static String hash(String passphrase) {
    var salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    var hash = argon2id(passphrase, salt, MEMORY_KIB, PASSES, LANES, BYTES);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  // One at a time: each takes tens of megabytes.
  @Override
  public synchronized boolean matches(String passphrase) {
    return check.matches(passphrase);
  }

  @FunctionalInterface
  private interface Check {
    boolean matches(String passphrase);
  }

  private static Check argon2id(String phc) {
    try {
      var parts = phc.split("\\$", -1);
      var costs = parts[3].split(",", -1);
      var memory = cost(costs[0], "m=");
      var passes = cost(costs[1], "t=");
      var lanes = cost(costs[2], "p=");
      var salt = Base64.getDecoder().decode(parts[4]);
      var hash = Base64.getDecoder().decode(parts[5]);
      if (parts.length != 6 || !parts[2].equals("v=19") || memory > MOST_MEMORY_KIB) {
        throw unknownForm();
      }
      return passphrase ->
          MessageDigest.isEqual(
              hash, argon2id(passphrase, salt, memory, passes, lanes, hash.length));
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException _) {
      throw unknownForm();
    }
  }

  private static int cost(String text, String name) {
    if (!text.startsWith(name)) {
      throw unknownForm();
    }
    return Integer.parseInt(text.substring(name.length()));
  }

  private static byte[] argon2id(
      String passphrase, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    var hash = new byte[bytes];
    generator.generateBytes(passphrase.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static Check scrypt(String text) {
    try {
      var parts = text.split("\\$", -1);
      var salt = parts[1];
      var hash = HexFormat.of().parseHex(parts[2]);
      if (parts.length != 3 || hash.length < SALT_BYTES) {
        throw unknownForm();
      }
      var decoded = HexFormat.of().parseHex(salt);
      // The field's implementation may have salted with the bytes or with their digits.
      return passphrase ->
          MessageDigest.isEqual(hash, scrypt(passphrase, decoded, hash.length))
              || MessageDigest.isEqual(
                  hash, scrypt(passphrase, salt.getBytes(StandardCharsets.UTF_8), hash.length));
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException _) {
      throw unknownForm();
    }
  }

  private static byte[] scrypt(String passphrase, byte[] salt, int bytes) {
    return SCrypt.generate(
        passphrase.getBytes(StandardCharsets.UTF_8), salt, SCRYPT_N, SCRYPT_R, SCRYPT_P, bytes);
  }

  private static IllegalArgumentException unknownForm() {
    return new IllegalArgumentException(
        "auth.owner.passphrase_hash is no hash that Parley knows; make one with"
            + " 'parley owner set-passphrase'");
  }
}
