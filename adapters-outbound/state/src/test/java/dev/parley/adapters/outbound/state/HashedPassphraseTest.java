package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashedPassphraseTest {

  /** From node's {@code crypto.scryptSync(passphrase, salt, 64)}, of a salt's bytes. */
  private static final String SALTED_WITH_BYTES =
      "scrypt$00112233445566778899aabbccddeeff$f5206d570fcd120bd1f23a8cd186bd87c04ac1db00e9ac1efca5"
          + "89774ae6ecb894992b7ee89035d39ef675dceec6f03c56434def62315db0afa7af5990f9b57b";

  /** The same of the salt's digits. */
  private static final String SALTED_WITH_DIGITS =
      "scrypt$00112233445566778899aabbccddeeff$3e19ebeabf15ad17c24de695284e79441c0d80c6d98b95a3c052"
          + "c58a0d57b09f83b0742a5805af28a0b5bbcf673af62819b91eb830a104fb0bb42def767f52aa";

  @Test
  void a_new_hash_fits_its_passphrase_and_no_other() {
    var hash = HashedPassphrase.hash("correct horse");
    var passphrase = new HashedPassphrase(hash);

    assertThat(hash).startsWith("$argon2id$v=19$m=12288,t=3,p=1$").doesNotContain("correct");
    assertThat(passphrase.matches("correct horse")).isTrue();
    assertThat(passphrase.matches("correct horse ")).isFalse();
    assertThat(passphrase.matches("Correct horse")).isFalse();
    assertThat(passphrase.matches("")).isFalse();
  }

  @Test
  void two_hashes_of_one_passphrase_differ() {
    assertThat(HashedPassphrase.hash("correct horse"))
        .isNotEqualTo(HashedPassphrase.hash("correct horse"));
  }

  /** The first is of the reference implementation, the others of OpenSSL by way of node. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password|$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "Grüße,"
            + " 世界|$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$ip5AQlClGQk18+kyeQq/hc1B+FK++NCo1U8ja1AYtnw",
        "correct"
            + " horse|$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$k9ohroejZy1PN5E1SbHNPug6vB8eQAahb5SOAp6iGF4",
      })
  void a_hash_of_argon2id_made_elsewhere_is_read(String passphrase, String hash) {
    assertThat(new HashedPassphrase(hash).matches(passphrase)).isTrue();
    assertThat(new HashedPassphrase(hash).matches(passphrase + "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {SALTED_WITH_BYTES, SALTED_WITH_DIGITS})
  void the_former_hash_of_scrypt_is_read(String hash) {
    assertThat(new HashedPassphrase(hash).matches("correct horse")).isTrue();
    assertThat(new HashedPassphrase(hash).matches("incorrect horse")).isFalse();
  }

  @Test
  void a_line_end_after_the_hash_is_no_part_of_it() {
    assertThat(new HashedPassphrase(SALTED_WITH_BYTES + "\n").matches("correct horse")).isTrue();
  }

  @Test
  void the_same_letters_match_however_a_keyboard_composes_them() {
    var passphrase = new HashedPassphrase(HashedPassphrase.hash("Grüße vom Café"));

    assertThat(passphrase.matches(Normalizer.normalize("Grüße vom Café", Normalizer.Form.NFD)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "correct horse",
        "$2b$10$abcdefghijklmnopqrstuv",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc$x",
        "$argon2id$v=19$m=65536,t=2,p=1$$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$t=2,m=65536,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=x,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=-2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=99999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "scrypt$",
        "scrypt$00112233445566778899aabbccddeeff",
        "scrypt$00112233445566778899aabbccddeeff$",
        "scrypt$00112233445566778899aabbccddeeff$f520",
        "scrypt$xyz$f5206d570fcd120bd1f23a8cd186bd87c04ac1db00e9ac1efca589774ae6ecb8",
        "scrypt$00112233445566778899aabbccddeeff$zz206d570fcd120bd1f23a8cd186bd87c04ac1db00e9ac1e",
        "scrypt$00112233445566778899aabbccddeeff$f5206d570fcd120bd1f23a8cd186bd87$1",
      })
  void what_is_no_hash_is_refused_with_the_way_to_make_one(String hash) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashedPassphrase(hash))
        .withMessage(
            "auth.owner.passphrase_hash is no hash that Parley knows; make one with"
                + " 'parley owner set-passphrase'");
  }
}
