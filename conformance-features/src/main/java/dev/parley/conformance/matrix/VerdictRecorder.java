package dev.parley.conformance.matrix;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.WriteEvent;
import java.util.stream.Collectors;

/**
 * Records the verdict of every scenario. Anything but a pass is a failure: a step that is missing
 * or skipped proves nothing.
 */
public final class VerdictRecorder implements ConcurrentEventListener {

  /** How a scenario says, in its log, that the backend has not got something. */
  public static final String ABSENT = "declared absent: ";

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(TestCaseFinished.class, VerdictRecorder::finished);
    publisher.registerHandlerFor(WriteEvent.class, VerdictRecorder::written);
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
    if (event.getText().startsWith(ABSENT)) {
      Law.ofTags(event.getTestCase().getTags())
          .ifPresent(law ->
              SuiteRun.current()
                  .verdicts()
                  .absent(law, event.getText().substring(ABSENT.length())));
    }
  }
}
