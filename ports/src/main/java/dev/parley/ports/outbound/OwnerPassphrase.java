package dev.parley.ports.outbound;

import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** What the owner of a server proves to be by. */
@FunctionalInterface
@SecondaryPort
public interface OwnerPassphrase {

  /** Whether this is the passphrase; slow by design, some tenths of a second. */
  boolean matches(String passphrase);
}
