package dev.parley.planted.cycle.hen;

import dev.parley.architecture.Breaks;
import dev.parley.planted.cycle.egg.Egg;

/** Comes from an egg. */
@Breaks("packagesAreFreeOfCycles")
public record Hen(Egg from) {}
