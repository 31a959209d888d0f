package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static Envelope event(String event) {
    return Envelope.of(
        "{\"type\":\"events_api\",\"envelope_id\":\"e1\",\"payload\":{\"event\":%s}}"
            .formatted(event));
  }

  @Test
  void a_message_is_to_be_acknowledged_and_has_a_channel_and_a_place() {
    var envelope = event("{\"type\":\"message\",\"channel\":\"C1\",\"ts\":\"1.000002\"}");
    assertThat(envelope.id()).contains("e1");
    assertThat(envelope.channel()).contains("C1");
    assertThat(envelope.place()).contains(new Ts(1_000_002));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message_changed", "message_deleted"})
  void an_edit_and_a_deletion_are_acknowledged_and_are_no_news(String subtype) {
    var envelope =
        event(
            "{\"type\":\"message\",\"subtype\":\"%s\",\"channel\":\"C1\",\"ts\":\"1.000002\"}"
                .formatted(subtype));
    assertThat(envelope.id()).contains("e1");
    assertThat(envelope.place()).isEmpty();
  }

  @Test
  void what_is_no_message_is_acknowledged_and_has_no_channel() {
    var envelope = event("{\"type\":\"reaction_added\",\"channel\":\"C1\"}");
    assertThat(envelope.id()).contains("e1");
    assertThat(envelope.channel()).isEmpty();
  }

  @Test
  void hello_and_farewell_are_not_acknowledged() {
    assertThat(Envelope.of("{\"type\":\"hello\"}"))
        .matches(Envelope::isHello)
        .matches(hello -> hello.id().isEmpty());
    assertThat(Envelope.of("{\"type\":\"disconnect\",\"reason\":\"warning\"}"))
        .matches(Envelope::isFarewell)
        .matches(farewell -> farewell.reason().equals("warning"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "42", "{\"envelope_id\":7}"})
  void what_cannot_be_read_does_no_harm(String message) {
    var envelope = Envelope.of(message);
    assertThat(envelope.channel()).isEmpty();
    assertThat(envelope.isHello()).isFalse();
    assertThat(envelope.isFarewell()).isFalse();
  }
}
