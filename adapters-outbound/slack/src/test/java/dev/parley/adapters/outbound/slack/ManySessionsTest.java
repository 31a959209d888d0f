package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with different handles on one app, of which Slack tells each event to one only. */
class ManySessionsTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path machines;
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static LiveReader follow(Backend session) {
    return new LiveReader(session, TOPIC);
  }

  /** What each of those who confer says in turn, and a person among them. */
  private void confer(List<Backend> sessions, List<LiveReader> readers) {
    for (var round = 1; round <= 4; round++) {
      for (var session : sessions) {
        session.post(Draft.of(TOPIC, "round " + round));
      }
      fixture.workspace().says(fixture.channel(), "U0GRACE", "I heard round " + round);
    }
    readers.forEach(reader -> reader.await(16, SOON.multipliedBy(2)));
    var history = Fixture.history(sessions.getFirst());
    assertThat(history)
        .extracting(message -> message.sender().handle())
        .containsExactly(
            "ada", "bob", "cy", "grace", "ada", "bob", "cy", "grace", "ada", "bob", "cy", "grace",
            "ada", "bob", "cy", "grace");
    assertThat(history)
        .allMatch(message ->
            message.sender().handle().equals("grace")
                == (message.sender().kind() == Sender.Kind.PERSON));
    for (var reader : readers) {
      assertThat(reader.read()).isEqualTo(history);
      assertThat(History.ids(reader.handed())).doesNotHaveDuplicates();
    }
  }

  @Test
  void three_sessions_and_a_person_confer_and_each_sees_everything_once() {
    fixture.workspace().disorder(Duration.ofMillis(60));
    var sessions = List.of(fixture.session("ada"), fixture.session("bob"), fixture.session("cy"));
    var readers = sessions.stream().map(ManySessionsTest::follow).toList();
    confer(sessions, readers);
    assertThat(fixture.slack().sockets().connections(fixture.workspace())).isEqualTo(1);
  }

  @Test
  void sessions_on_three_machines_see_everything_though_each_event_goes_to_one_of_them() {
    var sessions = List.of(onMachine("ada"), onMachine("bob"), onMachine("cy"));
    var readers = sessions.stream().map(ManySessionsTest::follow).toList();
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 3);
    for (var n = 1; n <= 3; n++) {
      sessions.get(n - 1).post(Draft.of(TOPIC, "said " + n));
    }
    // The last of them is noticed by looking, a minute after the last look at most.
    readers.forEach(reader -> reader.await(3, Duration.ofSeconds(75)));
    var history = Fixture.history(sessions.getFirst());
    assertThat(readers).allSatisfy(reader -> assertThat(reader.read()).isEqualTo(history));
  }

  private Backend onMachine(String name) {
    try {
      var folder =
          Files.createDirectory(
              machines.resolve(name),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return fixture.sessionOn(folder, name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void another_session_takes_over_when_the_one_with_the_connection_goes() {
    var first = fixture.session("ada");
    var firstReader = follow(first);
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
    var second = fixture.session("bob");
    var secondReader = follow(second);
    first.post(Draft.of(TOPIC, "while both are there"));
    secondReader.await(1, SOON);

    firstReader.close();
    first.close();
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
    fixture.workspace().says(fixture.channel(), "U0GRACE", "still there?");
    secondReader.await(2, SOON);

    assertThat(secondReader.read())
        .extracting(Message::content)
        .containsExactly("while both are there", "still there?");
  }

  @Test
  void a_folder_that_others_may_come_into_is_not_shared_in_and_all_arrives_still()
      throws Exception {
    var open =
        Files.createDirectory(
            machines.resolve("open"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    var session = fixture.sessionOn(open, "ada");
    var reader = follow(session);
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
    fixture.workspace().says(fixture.channel(), "U0GRACE", "hello");
    reader.await(1, SOON);
    assertThat(open).isEmptyDirectory();
  }
}
