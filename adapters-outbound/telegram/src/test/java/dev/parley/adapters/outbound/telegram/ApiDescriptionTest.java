package dev.parley.adapters.outbound.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Violations of the published description are caught, whoever commits them. */
class ApiDescriptionTest {

  private final Fixture fixture = new Fixture();
  private boolean closed;

  @AfterEach
  void close() throws Exception {
    if (!closed) {
      fixture.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sendMessage | {'chat_id':1} | 'text' is missing",
        "sendMessage | {'chat_id':1,'text':7} | expected String",
        "sendMessage | {'chat_id':1,'text':'x','markup':true} | there is no 'markup'",
        "sendMessage | {'chat_id':1,'text':'x','entities':[{'type':'bold'}]} | 'offset' is missing",
        "getUpdates | {'timeout':'30'} | expected Integer",
        "getHistory | {} | there is no method",
      })
  void ofAClient(String method, String body, String violation) throws Exception {
    call(method, body.replace('\'', '"'));

    assertThat(fixture.server.takeViolations()).anyMatch(v -> v.contains(violation));
  }

  @Test
  void ofTheDoubleAndTheTestFails() throws Exception {
    fixture.telegram().say(fixture.group(), fixture.grace(), m -> m.put("text", 7));
    call("getUpdates", "{}");
    closed = true;

    assertThatThrownBy(fixture::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("answer: getUpdates")
        .hasMessageContaining("expected String, found 7");
  }

  @Test
  void whatTheDescriptionAllowsIsNone() throws Exception {
    call("GETUPDATES", "{\"offset\":-1,\"allowed_updates\":[]}");
    call("getme", "{}");

    assertThat(fixture.server.takeViolations()).isEmpty();
    assertThat(published().violationsOfResult("getMe", new ObjectMapper().readTree("{}")))
        .isNotEmpty();
  }

  @Test
  void theDoubleIsOfTheDescribedVersion() {
    assertThat(published().version()).isEqualTo(BotApiDouble.VERSION);
  }

  private static ApiDescription published() {
    return ApiDescription.published()
        .orElseThrow(
            () -> new AssertionError("PARLEY_SPECS names no folder with telegram-bot-api.json"));
  }

  private void call(String method, String body) throws IOException, InterruptedException {
    var uri =
        URI.create(
            "http://127.0.0.1:%d/bot%s/%s"
                .formatted(fixture.server.port(), fixture.bot().token, method));
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
