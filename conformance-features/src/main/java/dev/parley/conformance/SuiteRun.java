package dev.parley.conformance;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The run of the suite that is under way: one backend, and the verdicts so far. */
public final class SuiteRun {

  private static final AtomicReference<@Nullable SuiteRun> CURRENT = new AtomicReference<>();

  private final BackendUnderTest backend;
  private final Verdicts verdicts = new Verdicts();

  private SuiteRun(BackendUnderTest backend) {
    this.backend = backend;
  }

  /** Starts a run on a backend; the one before it must be finished. */
  public static SuiteRun start(BackendUnderTest backend) {
    var run = new SuiteRun(backend);
    if (!CURRENT.compareAndSet(null, run)) {
      throw new IllegalStateException("one run of the suite at a time: the last is not finished");
    }
    return run;
  }

  /** The run under way. */
  public static SuiteRun current() {
    return Optional.ofNullable(CURRENT.get())
        .orElseThrow(() ->
            new IllegalStateException(
                "no backend to test: call ConformanceSuite.test in a @BeforeSuite method"));
  }

  /** The backend under test. */
  public BackendUnderTest backend() {
    return backend;
  }

  /** The verdicts so far. */
  public Verdicts verdicts() {
    return verdicts;
  }

  /** Ends the run: stops the servers. */
  public void finish() {
    try (backend) {
      CURRENT.set(null);
    }
  }
}
