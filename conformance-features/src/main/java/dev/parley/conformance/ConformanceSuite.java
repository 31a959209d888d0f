package dev.parley.conformance;

import java.util.function.Supplier;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The laws S01 to S21 of the seam, and those of the use cases above it (U01 and so on), run against
 * one backend. A backend module depends on this module in test scope and has one class:
 *
 * <pre>{@code
 * class SqliteConformanceTest extends ConformanceSuite {
 *   @BeforeSuite
 *   static void backend() {
 *     test(SqliteUnderTest::new);
 *   }
 * }
 * }</pre>
 *
 * <p>One law on one backend:
 *
 * <pre>{@code
 * mvn -pl adapters-outbound/sqlite -am verify -Dtest=SqliteConformanceTest -Dcucumber.filter.tags=@S04
 * }</pre>
 *
 * <p>One scenario: {@code "-Dcucumber.filter.name=S04.2 .*"}. A run of all laws writes its verdicts
 * to {@code target/conformance}, from which {@code docs/conformance.md} is made.
 */
@Suite
@IncludeEngines("cucumber")
@SelectPackages(ConformanceSuite.FEATURES)
@ConfigurationParameter(key = "cucumber.glue", value = ConformanceSuite.GLUE)
@ConfigurationParameter(key = "cucumber.plugin", value = ConformanceSuite.PLUGIN)
@ConfigurationParameter(key = "cucumber.object-factory", value = ConformanceSuite.OBJECTS)
@ConfigurationParameter(key = "cucumber.publish.quiet", value = "true")
@ConfigurationParameter(key = "cucumber.junit-platform.naming-strategy", value = "long")
public abstract class ConformanceSuite {

  static final String FEATURES = "dev.parley.conformance.features";
  static final String GLUE = "dev.parley.conformance.steps";
  static final String PLUGIN = "dev.parley.conformance.matrix.VerdictRecorder";
  static final String OBJECTS = "dev.parley.conformance.steps.ScenarioObjects";

  /** For a subclass without state. */
  protected ConformanceSuite() {}

  /** Names the backend to test; to be called before the suite starts. */
  protected static void test(Supplier<? extends BackendUnderTest> backend) {
    SuiteRun.start(backend.get());
  }

  @AfterSuite
  static void finish() {
    SuiteRun.current().finish();
  }
}
