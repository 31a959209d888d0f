package dev.parley.conformance;

import dev.parley.conformance.mutant.Mutant;
import dev.parley.conformance.mutant.PageMutants;
import java.util.List;

/** Mutants that break pages are found. */
class PageMutantsTest extends MutantsAreFound {
  @Override
  List<Mutant> mutants() {
    return PageMutants.all();
  }
}
