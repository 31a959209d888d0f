package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.support.JsonAnswer;
import dev.parley.adapters.outbound.support.JsonClient;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Methods of Slack's Web API. */
final class WebApi implements AutoCloseable {

  /** With these, says Slack, part of what was asked for may have been done. */
  private static final Set<String> BREAKDOWNS =
      Set.of("fatal_error", "internal_error", "service_unavailable", "request_timeout");

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(100);

  /** An answer that is {@code ok}, with the scopes of the token where it names them. */
  record Answer(JsonNode body, Set<String> scopes) {}

  private final SlackSettings settings;
  private final Faults faults;
  private final ServerClock clock;
  private final JsonClient http;

  WebApi(SlackSettings settings, Faults faults, ServerClock clock) {
    this.settings = settings;
    this.faults = faults;
    this.clock = clock;
    var attempt = settings.timeout().dividedBy(2);
    this.http =
        new JsonClient(
            attempt.compareTo(LONGEST_CONNECT) < 0 ? attempt : LONGEST_CONNECT,
            body -> Optional.empty());
  }

  /** Asks for something, again and again until there is an answer or the time is over. */
  JsonNode ask(String method, Map<String, String> parameters, Deadline deadline) throws ApiError {
    return askWith(settings.botToken(), method, parameters, deadline).body();
  }

  /** The same with a given token, and with more of the answer. */
  Answer askWith(String token, String method, Map<String, String> parameters, Deadline deadline)
      throws ApiError {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    // An answer that was lost on its way must not cost all the time that there is.
    var patience = deadline.left().dividedBy(3);
    while (true) {
      Duration pause;
      Supplier<BackendException> inVain;
      try {
        return once(token, method, parameters, patience);
      } catch (Unanswered unanswered) {
        pause = backoff.next();
        inVain = () -> faults.of(unanswered);
      } catch (BackendException.RateLimited limited) {
        pause = limited.retryAfter();
        inVain = () -> limited;
      }
      // An attempt for which hardly any time is left would only hide what went wrong.
      var needed = pause.plus(SHORTEST_ATTEMPT);
      if (Thread.currentThread().isInterrupted() || needed.compareTo(deadline.left()) >= 0) {
        throw inVain.get();
      }
      pause(pause, inVain);
      patience = deadline.left();
      // A pause may last a little longer than asked for.
      if (deadline.isOver()) {
        throw inVain.get();
      }
    }
  }

  private static void pause(Duration pause, Supplier<BackendException> inVain) {
    try {
      Deadlines.pause(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw inVain.get();
    }
  }

  /** Has something done, once. */
  JsonNode tell(String method, Map<String, String> parameters, Deadline deadline)
      throws ApiError, Unanswered {
    return once(settings.botToken(), method, parameters, deadline.left()).body();
  }

  private Answer once(String token, String method, Map<String, String> parameters, Duration atMost)
      throws ApiError, Unanswered {
    var answer = send(token, method, parameters, atMost);
    clock.answered(answer.headers());
    if (answer.status() >= 500 || !answer.body().isObject()) {
      throw new Unanswered(
          "it answered %s with status %d".formatted(method, answer.status()), true, null);
    }
    var body = answer.body();
    if (body.path("ok").asBoolean()) {
      faults.answered();
      return new Answer(body, scopes(answer));
    }
    var code = body.path("error").asText("unknown_error");
    if (BREAKDOWNS.contains(code)) {
      throw new Unanswered("it answered %s with %s".formatted(method, code), true, null);
    }
    faults.answered();
    throw new ApiError(method, code, body.path("needed").asText(null));
  }

  private JsonAnswer send(
      String token, String method, Map<String, String> parameters, Duration atMost)
      throws Unanswered {
    var request =
        HttpRequest.newBuilder(URI.create(settings.api() + "/" + method))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(BodyPublishers.ofString(form(parameters)))
            .build();
    try {
      return http.send(request, atMost);
    } catch (NoAnswer none) {
      throw new Unanswered(String.valueOf(none.getMessage()), none.perhapsSent(), none);
    } catch (BackendException.RateLimited limited) {
      throw faults.rateLimited(method, limited);
    }
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Set<String> scopes(JsonAnswer answer) {
    return answer
        .headers()
        .firstValue("X-OAuth-Scopes")
        .map(scopes -> Set.copyOf(List.of(scopes.strip().split("\\s*,\\s*"))))
        .orElse(Set.of());
  }

  @Override
  public void close() {
    http.close();
  }
}
