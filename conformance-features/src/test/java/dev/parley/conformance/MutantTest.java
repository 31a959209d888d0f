package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.mutant.FeedMutants;
import dev.parley.conformance.mutant.LifeMutants;
import dev.parley.conformance.mutant.Mutant;
import dev.parley.conformance.mutant.PageMutants;
import dev.parley.conformance.mutant.PostMutants;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No law is without a mutant. */
class MutantTest {
  @Test
  void everyLawOfTheSeamHasAMutant() {
    var mutants =
        Stream.of(PostMutants.all(), PageMutants.all(), FeedMutants.all(), LifeMutants.all())
            .flatMap(List::stream)
            .map(Mutant::breaks);
    var laws = Arrays.stream(Law.values()).filter(Law::isOfTheSeam).toList();
    assertThat(mutants).containsAll(laws);
  }
}
