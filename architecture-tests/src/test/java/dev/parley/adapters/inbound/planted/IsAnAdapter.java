package dev.parley.adapters.inbound.planted;

import org.jmolecules.architecture.hexagonal.PrimaryAdapter;

/** An adapter that others must not see. */
@PrimaryAdapter
public final class IsAnAdapter {}
