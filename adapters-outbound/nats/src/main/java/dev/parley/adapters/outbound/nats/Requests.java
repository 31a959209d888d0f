package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Unanswered.Why;
import dev.parley.adapters.outbound.support.Deadline;
import java.time.Duration;

/**
 * Asks what may be asked more than once, again and again until the time is over: a cluster that
 * elects a leader loses what was on its way, and a connection may break.
 */
final class Requests {

  /** How many times there is time for. */
  static final int ATTEMPTS = 4;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Link link;
  private final Faults faults;

  Requests(Link link, Faults faults) {
    this.link = link;
    this.faults = faults;
  }

  /** One way to ask. */
  interface Question<T> {
    T ask(Session session, Deadline attempt) throws Unanswered, ApiError;
  }

  /**
   * The answer to a question.
   *
   * @param about what it is about, for an error
   */
  <T> T ask(Deadline deadline, String about, Question<T> question) {
    while (true) {
      var session = link.session(deadline);
      try {
        return question.ask(session, deadline.ofAttempt(ATTEMPTS));
      } catch (Unanswered unanswered) {
        if (deadline.isOver()
            || unanswered.why() == Why.INTERRUPTED
            || unanswered.why() == Why.NO_RESPONDERS) {
          throw faults.of(unanswered);
        }
      } catch (ApiError error) {
        if (deadline.isOver() || !error.passes()) {
          throw faults.of(error, about);
        }
        session.pause(PAUSE);
      }
    }
  }
}
