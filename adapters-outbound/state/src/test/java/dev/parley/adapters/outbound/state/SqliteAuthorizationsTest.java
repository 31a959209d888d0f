package dev.parley.adapters.outbound.state;

import static dev.parley.adapters.outbound.state.AuthorizationSamples.NOW;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.access;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.client;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.code;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.grant;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.refresh;
import static dev.parley.adapters.outbound.state.AuthorizationSamples.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.TokenHash;
import dev.parley.ports.StateUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuthorizationsTest {

  private static final Duration MOMENT = Duration.ofMillis(1);

  @TempDir Path state;

  private SqliteAuthorizations kept;

  @BeforeEach
  void open() {
    kept = new SqliteAuthorizations(state);
  }

  @AfterEach
  void close() {
    kept.close();
  }

  private void reopen() {
    kept.close();
    kept = new SqliteAuthorizations(state);
  }

  @Test
  void all_that_was_kept_is_there_after_a_restart() {
    kept.add(client(1), 10);
    kept.save(code(1, NOW));
    save(kept, 1);
    reopen();

    assertThat(kept.client(client(1).id())).contains(client(1));
    assertThat(kept.code(code(1, NOW).hash())).contains(code(1, NOW));
    assertThat(kept.grant(grant(1).id())).contains(grant(1));
    assertThat(kept.access(access(1, NOW).hash())).contains(access(1, NOW));
    assertThat(kept.refresh(refresh(1, NOW).hash())).contains(refresh(1, NOW));
  }

  @Test
  void nothing_is_found_that_was_not_kept() {
    var hash = new TokenHash("none");

    assertThat(kept.client(client(1).id())).isEmpty();
    assertThat(kept.grant(grant(1).id())).isEmpty();
    assertThat(kept.code(hash)).isEmpty();
    assertThat(kept.access(hash)).isEmpty();
    assertThat(kept.refresh(hash)).isEmpty();
  }

  @Test
  void a_refresh_token_that_was_never_used_is_read_as_such() {
    save(kept, 1);

    assertThat(kept.refresh(refresh(1, NOW).hash()).orElseThrow().rotatedAt()).isNull();
  }

  @Test
  void the_use_of_a_refresh_token_is_kept_with_the_tokens_that_came_of_it() {
    save(kept, 1);
    var used = refresh(1, NOW).rotated(NOW.plusSeconds(5));
    var next = new RefreshToken(new TokenHash("next"), grant(1).id(), 1, NOW.plusSeconds(5), null);
    kept.save(grant(1).rotatedFrom(0), access(2, NOW), next, Optional.of(used));
    reopen();

    assertThat(kept.refresh(used.hash())).contains(used);
    assertThat(kept.refresh(next.hash())).contains(next);
    assertThat(kept.grant(grant(1).id()).orElseThrow().newest()).isEqualTo(1);
  }

  @Test
  void a_code_is_kept_in_its_latest_state() {
    kept.save(code(1, NOW));
    kept.save(code(1, NOW).spent());
    reopen();

    assertThat(kept.code(code(1, NOW).hash())).contains(code(1, NOW).spent());
  }

  @Test
  void a_revoked_grant_takes_every_token_with_it() {
    save(kept, 1);
    save(kept, 2);
    kept.revoke(grant(1).id());
    reopen();

    assertThat(kept.grant(grant(1).id())).isEmpty();
    assertThat(kept.access(access(1, NOW).hash())).isEmpty();
    assertThat(kept.refresh(refresh(1, NOW).hash())).isEmpty();
    assertThat(kept.access(access(2, NOW).hash())).isPresent();
  }

  @Test
  void the_oldest_client_without_a_grant_makes_room() {
    for (var n = 0; n < 3; n++) {
      kept.add(client(n), 3);
    }
    save(kept, 0);

    assertThat(kept.add(client(3), 3)).isTrue();

    assertThat(kept.client(client(0).id())).isPresent();
    assertThat(kept.client(client(1).id())).isEmpty();
    assertThat(kept.client(client(2).id())).isPresent();
    assertThat(kept.client(client(3).id())).isPresent();
  }

  @Test
  void a_client_with_a_grant_never_makes_room() {
    kept.add(client(0), 2);
    kept.add(client(1), 2);
    save(kept, 0);
    save(kept, 1);

    assertThat(kept.add(client(2), 2)).isFalse();

    kept.revoke(grant(0).id());
    assertThat(kept.add(client(2), 2)).isTrue();
    assertThat(kept.client(client(0).id())).isEmpty();
  }

  @Test
  void what_expired_is_forgotten_and_nothing_else() {
    kept.save(code(1, NOW));
    save(kept, 1);
    kept.save(code(2, NOW.plus(MOMENT)));

    kept.forgetExpired(NOW.plus(Duration.ofHours(1)).plus(MOMENT));
    assertThat(kept.access(access(1, NOW).hash())).isEmpty();
    assertThat(kept.refresh(refresh(1, NOW).hash())).isPresent();
    assertThat(kept.code(code(1, NOW).hash())).isPresent();

    kept.forgetExpired(NOW.plus(Duration.ofHours(2)).plus(MOMENT));
    assertThat(kept.code(code(1, NOW).hash())).isEmpty();
    assertThat(kept.code(code(2, NOW).hash())).isPresent();
  }

  @Test
  void a_grant_whose_last_token_expired_is_forgotten() {
    save(kept, 1);
    save(kept, 2, NOW.plus(MOMENT));

    kept.forgetExpired(NOW.plus(Duration.ofDays(60)).plus(MOMENT));

    assertThat(kept.refresh(refresh(1, NOW).hash())).isEmpty();
    assertThat(kept.grant(grant(1).id())).isEmpty();
    assertThat(kept.grant(grant(2).id())).isPresent();
  }

  @Test
  void much_that_expired_is_forgotten_in_pieces() {
    for (var n = 0; n < 150; n++) {
      kept.save(code(n, NOW));
    }
    var later = NOW.plus(Duration.ofDays(1));

    kept.forgetExpired(later);
    assertThat(codesOf(150)).isEqualTo(50);
    kept.forgetExpired(later);
    assertThat(codesOf(150)).isZero();
  }

  private long codesOf(int numbers) {
    return IntStream.range(0, numbers)
        .filter(n -> kept.code(code(n, NOW).hash()).isPresent())
        .count();
  }

  @Test
  void of_a_grant_the_latest_2000_generations_are_remembered() {
    var rotated = grant(1);
    for (var generation = 0; generation < 3; generation++) {
      rotated = rotated.rotatedFrom(generation * 1_000);
      kept.save(rotated, access(generation, NOW), generation(rotated.newest()), Optional.empty());
    }

    assertThat(rotated.newest()).isEqualTo(2_001);
    assertThat(kept.refresh(generation(1).hash())).isEmpty();
    assertThat(kept.refresh(generation(1_001).hash())).isPresent();
    assertThat(kept.refresh(generation(2_001).hash())).isPresent();
  }

  private static RefreshToken generation(int n) {
    return new RefreshToken(new TokenHash("generation " + n), grant(1).id(), n, NOW, null);
  }

  @Test
  void only_this_user_may_read_it() throws IOException {
    save(kept, 1);

    try (var files = Files.list(state)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void what_a_killed_process_had_kept_is_there() throws IOException, InterruptedException {
    kept.close();
    var last = -1;
    var process = ChildProcess.start("authorize", state.toString());
    try (var output = process.inputReader()) {
      while (last < 200) {
        last = Integer.parseInt(output.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    kept = new SqliteAuthorizations(state);

    for (var n = 0; n <= last; n++) {
      assertThat(kept.grant(grant(n).id())).contains(grant(n));
      assertThat(kept.access(access(n, NOW).hash())).contains(access(n, NOW));
      assertThat(kept.refresh(refresh(n, NOW).hash())).contains(refresh(n, NOW));
    }
  }

  @Test
  void a_file_that_another_process_has_open_is_refused() throws IOException, InterruptedException {
    kept.close();
    var process = ChildProcess.start("authorize", state.toString());
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("0");

      assertThatExceptionOfType(StateUnavailable.class)
          .isThrownBy(() -> new SqliteAuthorizations(state))
          .withMessageContaining(state.resolve("authorization.db").toString())
          .withMessageContaining("another process has it open: stop that one");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws IOException {
    kept.close();
    var file = state.resolve("authorization.db");
    Files.writeString(file, "this is no database, and long enough to be looked at".repeat(100));

    assertThatExceptionOfType(StateUnavailable.class)
        .isThrownBy(() -> new SqliteAuthorizations(state))
        .withMessageContaining(file.toString())
        .withMessageContaining("it is damaged: put a backup in its place");
  }

  @Test
  void a_file_that_is_damaged_in_its_middle_is_refused() throws IOException {
    for (var n = 0; n < 100; n++) {
      save(kept, n);
    }
    kept.close();
    var file = state.resolve("authorization.db");
    var bytes = Files.readAllBytes(file);
    for (var i = bytes.length / 2; i < bytes.length; i++) {
      bytes[i] = 'x';
    }
    Files.write(file, bytes);

    assertThatExceptionOfType(StateUnavailable.class)
        .isThrownBy(() -> new SqliteAuthorizations(state))
        .withMessageContaining("it is damaged: put a backup in its place");
  }

  @Test
  void a_folder_that_cannot_be_made_is_an_error_that_names_the_remedy() throws IOException {
    var notAFolder = Files.createFile(state.resolve("file"));

    assertThatExceptionOfType(StateUnavailable.class)
        .isThrownBy(() -> new SqliteAuthorizations(notAFolder))
        .withMessageContaining("state_path");
  }

  @Test
  void a_database_that_is_closed_is_unavailable() {
    kept.close();

    assertThatExceptionOfType(StateUnavailable.class)
        .isThrownBy(() -> kept.access(new TokenHash("any")));
    assertThatExceptionOfType(StateUnavailable.class).isThrownBy(() -> save(kept, 1));
  }
}
