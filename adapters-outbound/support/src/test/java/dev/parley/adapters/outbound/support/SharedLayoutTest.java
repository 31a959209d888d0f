package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.Sender.Kind;
import org.junit.jupiter.api.Test;

class SharedLayoutTest {

  @Test
  void aNamedSenderWithoutAKindIsAnAgentAsExistingBridgesWriteIt() {
    assertThat(SharedLayout.sender("alice", null))
        .isEqualTo(new Sender("alice", null, Kind.AGENT))
        .isEqualTo(SharedLayout.sender("alice", ""));
  }

  @Test
  void everyKindOfSenderComesBack() {
    for (var kind : Kind.values()) {
      assertThat(SharedLayout.sender("alice", SharedLayout.storedKind(kind)).kind())
          .isEqualTo(kind);
    }
  }

  @Test
  void aSenderWithoutANameCannotBeVouchedFor() {
    assertThat(SharedLayout.sender(" ", "person").kind()).isEqualTo(Kind.UNVERIFIED);
    assertThat(SharedLayout.sender(null, null).kind()).isEqualTo(Kind.UNVERIFIED);
  }

  @Test
  void whatCannotBeAParentIsNone() {
    assertThat(SharedLayout.parent(null)).isNull();
    assertThat(SharedLayout.parent(" ")).isNull();
    assertThat(SharedLayout.parent("x".repeat(513))).isNull();
    assertThat(SharedLayout.parent("7")).isEqualTo(new MessageId("7"));
  }
}
