package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** One request and its answers, of which one is the last. */
final class Exchange {

  private static final int NO_RESPONDERS = 503;

  private final String subject;
  private final Predicate<List<Message>> complete;
  private final List<Message> answers = new ArrayList<>();
  private final CompletableFuture<List<Message>> done = new CompletableFuture<>();

  /**
   * A request that was not sent yet.
   *
   * @param complete whether the answers so far, at least one, are all
   */
  Exchange(String subject, Predicate<List<Message>> complete) {
    this.subject = subject;
    this.complete = complete;
  }

  String subject() {
    return subject;
  }

  /** One answer; called by one thread. What comes after the last one is ignored. */
  void answered(Message message) {
    if (done.isDone()) {
      return;
    }
    if (message.isStatusMessage() && message.getStatus().getCode() == NO_RESPONDERS) {
      done.completeExceptionally(new Unanswered(Unanswered.Why.NO_RESPONDERS));
      return;
    }
    answers.add(message);
    if (complete.test(answers)) {
      done.complete(answers);
    }
  }

  void fail(Exception why) {
    done.completeExceptionally(why);
  }

  /** Waits for the last answer. */
  List<Message> await(Deadline deadline) throws Unanswered {
    try {
      return Deadlines.get(done, deadline.left());
    } catch (TimeoutException _) {
      throw new Unanswered(Unanswered.Why.TOO_LATE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unanswered(Unanswered.Why.INTERRUPTED);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Unanswered unanswered) {
        throw new Unanswered(unanswered.why());
      }
      if (failed.getCause() instanceof BackendException refused) {
        throw refused;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
