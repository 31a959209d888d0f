package dev.parley.conformance;

import dev.parley.conformance.mutant.FeedMutants;
import dev.parley.conformance.mutant.Mutant;
import java.util.List;

/** Mutants that break feeds are found. */
class FeedMutantsTest extends MutantsAreFound {
  @Override
  List<Mutant> mutants() {
    return FeedMutants.all();
  }
}
