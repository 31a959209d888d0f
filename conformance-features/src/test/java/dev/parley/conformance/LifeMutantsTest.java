package dev.parley.conformance;

import dev.parley.conformance.mutant.LifeMutants;
import dev.parley.conformance.mutant.Mutant;
import java.util.List;

/** Mutants that break opening and closing are found. */
class LifeMutantsTest extends MutantsAreFound {
  @Override
  List<Mutant> mutants() {
    return LifeMutants.all();
  }
}
