package dev.parley.planted.cycle.egg;

import dev.parley.architecture.Breaks;
import dev.parley.planted.cycle.hen.Hen;

/** Comes from a hen. */
@Breaks("packagesAreFreeOfCycles")
public record Egg(Hen from) {}
