package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.outbound.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries everything that Parley needs to be allowed, on a stream that does not exist: what is
 * allowed fails for that reason, and only what is not allowed is denied.
 */
final class PermissionCheck {

  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final NatsSettings settings;
  private final Faults faults;
  private final Session session;

  PermissionCheck(NatsSettings settings, Faults faults, Session session) {
    this.settings = settings;
    this.faults = faults;
    this.session = session;
  }

  List<Finding> findings() {
    var denied = new ArrayList<Finding>();
    for (var subject : subjects()) {
      try {
        var _ = session.request(subject, bodyOf(subject), Deadline.in(LONGEST));
      } catch (AccessDenied fault) {
        denied.add(
            Finding.problem(
                "permissions",
                String.valueOf(fault.getMessage()),
                "allow it in the permissions of the user"));
      } catch (Unanswered unanswered) {
        if (unanswered.why() == Unanswered.Why.CONNECTION_LOST) {
          throw faults.of(unanswered);
        }
      }
    }
    return denied.isEmpty()
        ? List.of(Finding.ok("permissions", "the account may do everything that Parley needs"))
        : denied;
  }

  private List<String> subjects() {
    var name = "doctor-" + session.newName();
    var stream = settings.streamPrefix() + name;
    var consumer = stream + "." + name;
    var subjects =
        new ArrayList<>(
            List.of(
                "$JS.API.STREAM.INFO." + stream,
                "$JS.API.STREAM.CREATE." + stream,
                "$JS.API.CONSUMER.CREATE." + consumer,
                "$JS.API.CONSUMER.MSG.NEXT." + consumer,
                "$JS.API.CONSUMER.DELETE." + consumer,
                StreamApi.directGet(stream),
                settings.subjectPrefix() + "." + name));
    if (session.server().isClustered()) {
      subjects.add("$JS.API.STREAM.MSG.GET." + stream);
    }
    if (settings.retention() != null) {
      subjects.add("$JS.API.STREAM.UPDATE." + stream);
    }
    return subjects;
  }

  // A name that is not the subject's: no server makes a stream of that.
  private static byte[] bodyOf(String subject) {
    return (subject.contains(".CREATE.") || subject.contains(".UPDATE.") ? "{\"name\":\"-\"}" : "")
        .getBytes(StandardCharsets.UTF_8);
  }
}
