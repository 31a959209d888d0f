package dev.parley.adapters.outbound.state;

import dev.parley.ports.outbound.OwnerPassphrase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * A passphrase of which only a hash is kept: argon2id (<a
 * href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>, with the 12 MiB and 3 passes that
 * OWASP counts as strong as more memory and fewer passes) in the PHC string format, or the former
 * {@code scrypt$SALT$HASH} in hexadecimal digits, with N = 16384, r = 8, p = 1.
 */
@SecondaryAdapter
public final class HashedPassphrase implements OwnerPassphrase {

  private static final int MEMORY_KIB = 12 * 1024;
  private static final int PASSES = 3;
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** What a hash from elsewhere may cost: more would stop the server at each attempt. */
  private static final int MOST_MEMORY_KIB = 1024 * 1024;

  private static final int MOST_PASSES = 100;
  private static final int MOST_LANES = 16;
  private static final int LEAST_MEMORY_KIB_PER_LANE = 8;
  private static final int LEAST_SALT_BYTES = 8;
  private static final int LEAST_BYTES = 16;

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

  // One at a time: each takes many megabytes, which the heap has once.
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
      var lanes = cost(costs[2], "p=", 1, MOST_LANES);
      var memory = cost(costs[0], "m=", LEAST_MEMORY_KIB_PER_LANE * lanes, MOST_MEMORY_KIB);
      var passes = cost(costs[1], "t=", 1, MOST_PASSES);
      var salt = Base64.getDecoder().decode(parts[4]);
      var hash = Base64.getDecoder().decode(parts[5]);
      if (parts.length != 6
          || costs.length != 3
          || !parts[2].equals("v=19")
          || salt.length < LEAST_SALT_BYTES
          || hash.length < LEAST_BYTES) {
        throw unknownForm();
      }
      return passphrase ->
          MessageDigest.isEqual(
              hash, argon2id(passphrase, salt, memory, passes, lanes, hash.length));
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException _) {
      throw unknownForm();
    }
  }

  private static int cost(String text, String name, int least, int most) {
    var cost = text.startsWith(name) ? Integer.parseInt(text.substring(name.length())) : -1;
    if (cost < least || cost > most) {
      throw unknownForm();
    }
    return cost;
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
    // Keyboards compose the same letters in different ways.
    var composed = Normalizer.normalize(passphrase, Normalizer.Form.NFC);
    generator.generateBytes(composed.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static Check scrypt(String text) {
    try {
      var parts = text.split("\\$", -1);
      var salt = parts[1];
      var hash = HexFormat.of().parseHex(parts[2]);
      if (parts.length != 3 || hash.length < LEAST_BYTES) {
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
