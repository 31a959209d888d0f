package dev.parley.conformance;

import org.jspecify.annotations.Nullable;

/**
 * The server behind a backend.
 *
 * @param product its name, such as {@code PostgreSQL}
 * @param version its version as found, such as {@code 15.14}
 * @param checkedAgainst null for the real thing; for a double, the vendor's or third party's work
 *     that the double itself was checked against
 */
public record Server(String product, String version, @Nullable String checkedAgainst) {

  /** The real thing, as its vendor made it. */
  public static Server real(String product, String version) {
    return new Server(product, version, null);
  }

  /** A double of the real thing. */
  public static Server doubleOf(String product, String version, String checkedAgainst) {
    return new Server(product, version, checkedAgainst);
  }

  /** Whether this is the real thing. */
  public boolean real() {
    return checkedAgainst == null;
  }
}
