package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.participant.InstanceId;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.InstanceClaims.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInstanceClaimsTest {

  private static final InstanceId AGENT = new InstanceId("agent");

  @TempDir Path state;

  @Test
  void the_first_gets_what_it_wants_and_the_others_a_number() {
    try (var first = claim(AGENT);
        var second = claim(AGENT);
        var third = claim(AGENT)) {
      assertThat(first.id()).isEqualTo(AGENT);
      assertThat(second.id()).isEqualTo(new InstanceId("agent-2"));
      assertThat(third.id()).isEqualTo(new InstanceId("agent-3"));
    }
  }

  @Test
  void a_closed_claim_is_free_again() {
    claim(AGENT).close();
    try (var again = claim(AGENT)) {
      assertThat(again.id()).isEqualTo(AGENT);
    }
  }

  @Test
  void a_claim_ends_with_its_process_even_when_that_is_killed()
      throws IOException, InterruptedException {
    var process = ChildProcess.start("claim", state.toString(), "agent");
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("agent");
      try (var second = claim(AGENT)) {
        assertThat(second.id()).isEqualTo(new InstanceId("agent-2"));
      }
      process.destroyForcibly().waitFor();
    }
    try (var again = claim(AGENT)) {
      assertThat(again.id()).isEqualTo(AGENT);
    }
  }

  @Test
  void ids_that_are_no_file_names_have_claims_of_their_own() {
    try (var slash = claim(new InstanceId("a/b"));
        var underscore = claim(new InstanceId("a_b"));
        var dots = claim(new InstanceId("../../etc/x"))) {
      assertThat(slash.id()).isEqualTo(new InstanceId("a/b"));
      assertThat(underscore.id()).isEqualTo(new InstanceId("a_b"));
      assertThat(dots.id()).isEqualTo(new InstanceId("../../etc/x"));
      assertThat(state.toFile().list()).hasSize(3);
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_an_error_that_names_the_remedy() throws IOException {
    var notAFolder = Files.createFile(state.resolve("file"));

    assertThatThrownBy(() -> new FileInstanceClaims(notAFolder).claim(AGENT))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining(notAFolder.toString())
        .hasMessageContaining("state_path");
  }

  private Claim claim(InstanceId wanted) {
    return new FileInstanceClaims(state).claim(wanted);
  }
}
