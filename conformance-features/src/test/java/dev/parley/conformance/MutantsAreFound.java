package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.parley.conformance.mutant.Mutant;
import dev.parley.conformance.reference.JournalHost;
import dev.parley.conformance.reference.ReferenceUnderTest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The suite bites: a mutant of the reference backend fails the law that it breaks. Each runs the
 * scenarios of that law, and those of the laws in {@link #QUICK} to show what else it breaks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MutantsAreFound {

  /** Laws whose scenarios take a second in all; the whole suite would take minutes here. */
  private static final List<Law> QUICK = List.of(Law.S02, Law.S05, Law.S12, Law.S13, Law.S21);

  @AutoClose private final JournalHost host = new JournalHost();

  /** The mutants of one kind: those of different kinds are tested beside each other. */
  abstract List<Mutant> mutants();

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void failsTheLawItBreaks(Mutant mutant) {
    var failures = run(mutant).failures();
    System.out.printf("%s fails %s%n", mutant, failures.keySet());
    failures.getOrDefault(mutant.breaks(), List.of()).stream()
        .limit(1)
        .forEach(System.out::println);
    assertThat(failures).containsKey(mutant.breaks());
  }

  private Verdicts run(Mutant mutant) {
    var tags =
        QUICK.stream()
            .map(law -> " or @" + law)
            .collect(Collectors.joining("", "@" + mutant.breaks(), ""));
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(ConformanceSuite.FEATURES))
            .filters(EngineFilter.includeEngines("cucumber"))
            .configurationParameter("cucumber.glue", ConformanceSuite.GLUE)
            .configurationParameter("cucumber.plugin", ConformanceSuite.PLUGIN)
            .configurationParameter("cucumber.object-factory", ConformanceSuite.OBJECTS)
            .configurationParameter("cucumber.publish.quiet", "true")
            .configurationParameter("cucumber.filter.tags", tags)
            .build();
    var run = SuiteRun.start(new ReferenceUnderTest(mutant, host));
    try {
      LauncherFactory.create().execute(request);
      return run.verdicts();
    } finally {
      run.finish();
    }
  }
}
