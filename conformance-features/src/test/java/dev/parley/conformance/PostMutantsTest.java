package dev.parley.conformance;

import dev.parley.conformance.mutant.Mutant;
import dev.parley.conformance.mutant.PostMutants;
import java.util.List;

/** Mutants that break posting are found. */
class PostMutantsTest extends MutantsAreFound {
  @Override
  List<Mutant> mutants() {
    return PostMutants.all();
  }
}
