package dev.parley.conformance.matrix;

import dev.parley.conformance.Law;
import dev.parley.conformance.SuiteRun;
import dev.parley.conformance.Verdicts;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.WriteEvent;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Records the verdict of every scenario, and writes them to {@code target/conformance}. Anything
 * but a pass is a failure: a step that is missing or skipped proves nothing.
 */
public final class VerdictRecorder implements ConcurrentEventListener {

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(TestCaseFinished.class, VerdictRecorder::finished);
    publisher.registerHandlerFor(TestRunFinished.class, VerdictRecorder::ended);
    publisher.registerHandlerFor(WriteEvent.class, VerdictRecorder::written);
  }

  /** Writes the verdicts of a whole run; a run of a few laws leaves those of the last one alone. */
  private static void ended(TestRunFinished event) {
    var run = SuiteRun.current();
    if (run.verdicts().tried().size() == Law.values().length) {
      Column.of(run).write(Path.of("target", "conformance"));
    }
  }

  private static void finished(TestCaseFinished event) {
    var scenario = event.getTestCase();
    var law = Law.ofTags(scenario.getTags());
    var verdicts = SuiteRun.current().verdicts();
    if (event.getResult().getStatus() == Status.PASSED) {
      law.ifPresent(verdicts::passed);
    } else {
      law.ifPresent(l -> verdicts.failed(l, scenario.getName() + ": " + reasonOf(event)));
    }
  }

  private static String reasonOf(TestCaseFinished event) {
    var error = event.getResult().getError();
    return error == null
        ? event.getResult().getStatus().name()
        : String.valueOf(error.getMessage())
            .lines()
            .filter(l -> !l.isBlank())
            .limit(2)
            .collect(Collectors.joining(" "));
  }

  private static void written(WriteEvent event) {
    if (event.getText().startsWith(Verdicts.ABSENT)) {
      Law.ofTags(event.getTestCase().getTags())
          .ifPresent(law ->
              SuiteRun.current()
                  .verdicts()
                  .absent(law, event.getText().substring(Verdicts.ABSENT.length())));
    }
  }
}
