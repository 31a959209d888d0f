package dev.parley.conformance.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The vendors' own descriptions of their APIs, against which doubles are held. They are no part of
 * the project: {@code PARLEY_SPECS} names their folder, which else is {@code ../shared/specs}.
 */
public final class VendorDescriptions {

  private VendorDescriptions() {}

  /** A description by its file name; empty where it is not at hand. */
  public static Optional<Path> find(String file) {
    return Optional.of(folder().resolve(file)).filter(Files::isReadable);
  }

  /**
   * A description without which there is nothing to test.
   *
   * @throws IllegalStateException when it is not at hand
   */
  public static Path needed(String file) {
    return find(file)
        .orElseThrow(() ->
            new IllegalStateException(
                "%s is not in %s, so that nobody checks the double: name its folder by PARLEY_SPECS"
                    .formatted(file, folder())));
  }

  private static Path folder() {
    var given = System.getenv("PARLEY_SPECS");
    var checkout = Path.of(System.getProperty("parley.checkout", "."));
    return (given == null ? checkout.resolve("../shared/specs") : Path.of(given))
        .toAbsolutePath()
        .normalize();
  }
}
