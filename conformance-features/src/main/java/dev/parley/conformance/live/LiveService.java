package dev.parley.conformance.live;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Store;
import java.util.Optional;

/**
 * A vendor's real service, with a maintainer's account. It cannot be made to fail, so what needs
 * that is left out.
 */
public interface LiveService extends BackendUnderTest {

  /**
   * What an environment variable says of the account.
   *
   * @param backend whose page in {@code docs/backends} tells of the variable
   * @throws IllegalStateException when it is not set
   */
  static String required(String variable, String backend) {
    var value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "%s is not set: docs/backends/%s.md, last section, says what the check of the service needs"
              .formatted(variable, backend));
    }
    return value;
  }

  @Override
  default Optional<ExistingStore> existingStore() {
    return Optional.empty();
  }

  @Override
  default Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.empty();
  }
}
