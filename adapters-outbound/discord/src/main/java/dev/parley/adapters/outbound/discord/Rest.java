package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.dv8tion.jda.api.requests.Route;
import org.jspecify.annotations.Nullable;

/** Requests to Discord's API, each within its deadline; JDA keeps them to the limits. */
final class Rest {

  private final Supplier<String> basePath;
  private final Sessions sessions;
  private final Limits limits;
  private final Faults faults;

  /** Where sessions come from. */
  interface Sessions {
    /** The session of this moment; waits for one. */
    Session session(Deadline deadline);
  }

  Rest(DiscordSettings settings, Sessions sessions, Limits limits, Faults faults) {
    this.basePath = () -> java.net.URI.create(settings.apiUrl()).getRawPath();
    this.sessions = sessions;
    this.limits = limits;
    this.faults = faults;
  }

  /** Reads something. */
  Answer get(Deadline deadline, Route.CompiledRoute route) {
    try {
      return checked(exchange(deadline, route, null));
    } catch (Unanswered unanswered) {
      throw faults.unavailable(unanswered.getCause());
    }
  }

  private Answer checked(Answer answer) {
    if (answer.isUnauthorized()) {
      throw faults.refusedToken();
    }
    if (answer.isServerFault()) {
      throw faults.unavailable(answer);
    }
    return answer;
  }

  /**
   * Sends something, and returns whatever Discord answered.
   *
   * @throws BackendException when it was surely not sent
   */
  Answer send(Deadline deadline, Route.CompiledRoute route, PostBody body) throws Unanswered {
    return exchange(deadline, route, body);
  }

  private Answer exchange(Deadline deadline, Route.CompiledRoute route, @Nullable PostBody body)
      throws Unanswered {
    while (true) {
      var session = sessions.session(deadline);
      refuseIfClosedForLong(deadline, route);
      try {
        return exchange(session, deadline, route, body);
      } catch (SessionEnded ended) {
        if (body != null && !body.withdraw()) {
          throw new Unanswered(true, ended);
        }
        if (body != null || deadline.isOver()) {
          throw faults.unavailable(ended);
        }
        pause();
      }
    }
  }

  private Answer exchange(
      Session session, Deadline deadline, Route.CompiledRoute route, @Nullable PostBody body)
      throws Unanswered, SessionEnded {
    var call = new Call(session.jda(), route, body);
    call.deadline(System.currentTimeMillis() + Math.max(1, deadline.left().toMillis()));
    try {
      var future = call.submit();
      try {
        return Deadlines.get(future, deadline.left());
      } catch (TimeoutException late) {
        future.cancel(true);
        throw outOfTime(route, body);
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TimeoutException) {
        throw outOfTime(route, body);
      }
      throw failed(body, failed.getCause());
    } catch (RejectedExecutionException | CancellationException ended) {
      throw new SessionEnded(ended);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed(body, interrupted);
    }
  }

  private Unanswered failed(@Nullable PostBody body, @Nullable Throwable cause) {
    if (body != null && body.withdraw()) {
      throw faults.unavailable(cause);
    }
    return new Unanswered(body != null, cause);
  }

  private Unanswered outOfTime(Route.CompiledRoute route, @Nullable PostBody body) {
    if (body != null && !body.withdraw()) {
      return new Unanswered(true, null);
    }
    var wait = limits.wait(route.getMethod().name(), pathOf(route));
    if (wait.isPositive()) {
      throw faults.rateLimited(wait);
    }
    if (body != null) {
      throw faults.unavailable((Throwable) null);
    }
    return new Unanswered(false, null);
  }

  private void refuseIfClosedForLong(Deadline deadline, Route.CompiledRoute route) {
    var wait = limits.wait(route.getMethod().name(), pathOf(route));
    if (wait.compareTo(deadline.left()) > 0 && !deadline.isOver()) {
      throw faults.rateLimited(wait);
    }
  }

  private String pathOf(Route.CompiledRoute route) {
    var path = route.getCompiledRoute();
    var query = path.indexOf('?');
    return basePath.get() + "/" + (query < 0 ? path : path.substring(0, query));
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
  }

  /** The session was ended under the request; another one follows. */
  private static final class SessionEnded extends Exception {
    private static final long serialVersionUID = 1L;

    SessionEnded(Throwable cause) {
      super("the session ended", cause, false, false);
    }
  }
}
