package dev.parley.adapters.inbound.oauth.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.inbound.oauth.builtin.ConsentTickets.Ticket;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsentTicketsTest {

  private static final RedirectUri URI = new RedirectUri("https://client.example.com/cb");
  private static final RegisteredClient CLIENT =
      new RegisteredClient(new ClientId("id"), "Client", List.of(URI));

  private final AtomicLong nanos = new AtomicLong();
  private final ConsentTickets tickets = new ConsentTickets(nanos::get);

  @Test
  void a_ticket_is_found_by_its_secret_for_ten_minutes() {
    var ticket = issue();
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(tickets.find(ticket.secret())).isEqualTo(ticket);
    nanos.incrementAndGet();

    assertThat(tickets.find(ticket.secret())).isNull();
  }

  @Test
  void of_many_who_decide_at_once_one_does() throws InterruptedException, ExecutionException {
    var ticket = issue();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var decided =
          threads.invokeAll(
              Stream.<Callable<Boolean>>generate(() -> () -> tickets.decide(ticket))
                  .limit(50)
                  .toList());
      var times = 0;
      for (Future<Boolean> one : decided) {
        times += one.get() ? 1 : 0;
      }
      assertThat(times).isEqualTo(1);
    }
    assertThat(tickets.find(ticket.secret())).isNull();
  }

  @Test
  void of_more_than_2000_the_oldest_goes() {
    var first = issue();
    var second = issue();
    for (var n = 0; n < 1_999; n++) {
      issue();
    }

    assertThat(tickets.find(first.secret())).isNull();
    assertThat(tickets.find(second.secret())).isEqualTo(second);
  }

  @Test
  void no_two_secrets_are_alike() {
    assertThat(issue().secret()).hasSize(43).isNotEqualTo(issue().secret());
  }

  private Ticket issue() {
    return tickets.issue(CLIENT, new Callback(URI, null, "https://parley.example.com"), "c");
  }
}
