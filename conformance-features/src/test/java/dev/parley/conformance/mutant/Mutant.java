package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;

/** The reference backend with one thing broken. */
public abstract class Mutant extends ReferencePlugin {

  /** The law it breaks. */
  public abstract Law breaks();

  /** Breaks a sound backend. */
  abstract Backend broken(Backend sound, BackendConfig config, Self self);

  @Override
  public Backend open(BackendConfig config, Self self) {
    return broken(super.open(config, self), config, self);
  }

  @Override
  public String toString() {
    return breaks() + " " + getClass().getSimpleName();
  }
}
