package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.outbound.Finding;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code doctor} says about an account: connects, looks around, and changes nothing. */
final class Diagnosis {

  private static final String OLDEST_VERSION = "2.9.0";
  private static final int USUAL_PAYLOAD = 1_024 * 1_024;
  private static final double NEARLY_FULL = 0.9;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final NatsSettings settings;
  private final Faults faults;
  private final Link link;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(NatsSettings settings) {
    this.settings = settings;
    var health = new Health();
    this.faults = new Faults(settings, health);
    this.link = new Link(settings, "parley doctor", faults, health);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (link) {
      link.start(new NobodyListens());
      var session = link.session(deadline());
      checkConnection(session);
      checkEncryption();
      if (checkJetStream(session)) {
        checkReplicas(session);
        if (checkStreams(session)) {
          findings.addAll(new PermissionCheck(settings, faults, session).findings());
        }
        checkPayload(session);
        checkPowerCut(session);
      }
    } catch (BackendException fault) {
      problem("connects", fault);
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private void checkConnection(Session session) {
    findings.add(
        Finding.ok(
            "connects",
            "NATS %s at %s".formatted(session.server().version(), session.server().host())));
    if (!session.server().isAtLeast(OLDEST_VERSION)) {
      findings.add(
          Finding.problem(
              "version",
              "the server is of version %s, and Parley needs 2.9 or later"
                  .formatted(session.server().version()),
              "update the server"));
    }
  }

  private void checkEncryption() {
    var local =
        settings.servers().stream()
            .allMatch(server -> LOOPBACK.contains(server.host().replaceFirst(":\\d+$", "")));
    var secret =
        settings.credentials() instanceof Credentials.UserAndPassword
            || settings.credentials() instanceof Credentials.Token;
    findings.add(
        settings.tls().required()
            ? Finding.ok("encryption", "the connection is encrypted")
            : local
                ? Finding.ok("encryption", "none, on this machine alone")
                : Finding.warning(
                    "encryption",
                    secret
                        ? "the password or token and all messages cross the network in the clear"
                        : "all messages cross the network in the clear",
                    "set up tls in the server, and tls: true here"));
  }

  private boolean checkJetStream(Session session) {
    try {
      checkLimits(new StreamApi(session).accountInfo(deadline()));
      return true;
    } catch (AccessDenied denied) {
      findings.add(
          Finding.warning(
              "limits",
              String.valueOf(denied.getMessage()),
              "Parley does not need it, but then nobody warns of limits that are reached"));
      return true;
    } catch (Unanswered unanswered) {
      problem("JetStream", faults.of(unanswered));
    } catch (ApiError error) {
      problem("JetStream", faults.of(error, "the account"));
    }
    return false;
  }

  private void checkLimits(Json account) {
    findings.add(Finding.ok("JetStream", "it is enabled for this account"));
    checkLimit(account, "streams", "max_streams", "streams, one for each topic");
    checkLimit(account, "consumers", "max_consumers", "consumers, one for each topic followed");
    checkLimit(account, "storage", "max_storage", "bytes of storage");
  }

  private void checkLimit(Json account, String used, String limit, String what) {
    var most = account.child("limits").number(limit, -1);
    var now = account.number(used, 0);
    if (most > 0) {
      var found = "%,d of %,d %s are in use".formatted(now, most, what);
      findings.add(
          now < most * NEARLY_FULL
              ? Finding.ok("limits", found)
              : Finding.warning("limits", found, "raise the limits of the account"));
    }
  }

  /** Whether subjects of topics are free, so that one may be tried without anybody storing it. */
  private boolean checkStreams(Session session) {
    try {
      var foreign = new ArrayList<String>();
      var single = new ArrayList<String>();
      var otherAge = new ArrayList<String>();
      for (var stream : streamsOf(session)) {
        if (!stream.name().startsWith(settings.streamPrefix())) {
          foreign.add(stream.name());
          continue;
        }
        if (session.server().isClustered() && stream.replicas() == 1) {
          single.add(stream.name());
        }
        if (settings.retention() != null && stream.maxAge() != settings.retention().toNanos()) {
          otherAge.add(stream.name());
        }
      }
      reportForeign(foreign);
      reportSingle(single);
      reportOtherAge(otherAge);
      return foreign.isEmpty();
    } catch (AccessDenied denied) {
      findings.add(
          Finding.warning(
              "streams",
              String.valueOf(denied.getMessage()),
              "Parley does not need it, but then the streams that are there cannot be looked at"));
      return true;
    } catch (Unanswered unanswered) {
      problem("streams", faults.of(unanswered));
    } catch (ApiError error) {
      problem("streams", faults.of(error, "the streams"));
    }
    return false;
  }

  private List<StreamState> streamsOf(Session session) throws Unanswered, ApiError {
    var api = new StreamApi(session);
    var streams = new ArrayList<StreamState>();
    long total;
    do {
      var answer = api.listStreams(settings.subjectPrefix() + ".*", streams.size(), deadline());
      total = answer.number("total", 0);
      var before = streams.size();
      answer.items("streams").forEach(stream -> streams.add(StreamState.of(stream)));
      if (streams.size() == before) {
        return streams;
      }
    } while (streams.size() < total);
    return streams;
  }

  private void reportForeign(List<String> streams) {
    findings.add(
        streams.isEmpty()
            ? Finding.ok(
                "subjects",
                "no other stream takes subjects that begin with %s."
                    .formatted(settings.subjectPrefix()))
            : Finding.problem(
                "subjects",
                "subjects that begin with %s. are taken by %s"
                    .formatted(settings.subjectPrefix(), listed(streams)),
                "set another subject_prefix, or narrow the subjects of that stream"));
  }

  private void reportSingle(List<String> streams) {
    if (!streams.isEmpty()) {
      findings.add(
          Finding.warning(
              "replicas",
              "on a cluster, but with one replica: %s".formatted(listed(streams)),
              "nats stream edit --replicas 3 STREAM"));
    }
  }

  private void reportOtherAge(List<String> streams) {
    if (!streams.isEmpty()) {
      findings.add(
          Finding.warning(
              "retention",
              "streams that keep messages for another time than retention_days says: %s"
                  .formatted(listed(streams)),
              "nats stream edit --max-age AGE STREAM; Parley leaves an age that is set alone"));
    }
  }

  private static String listed(List<String> names) {
    var shown = String.join(", ", names.subList(0, Math.min(3, names.size())));
    return names.size() > 3 ? "%s and %,d more".formatted(shown, names.size() - 3) : shown;
  }

  private void checkReplicas(Session session) {
    var wanted = settings.replicas();
    if (session.server().isClustered()) {
      findings.add(
          wanted != null && wanted == 1
              ? Finding.warning(
                  "replicas",
                  "new streams have one replica on a cluster: the topics on a server that fails are"
                      + " gone until it is back",
                  "set replicas to 3, or leave it out")
              : Finding.ok(
                  "replicas",
                  "new streams have %d replicas".formatted(wanted == null ? 3 : wanted)));
    } else {
      findings.add(
          wanted != null && wanted > 1
              ? Finding.problem(
                  "replicas",
                  "replicas is %d, and the server is not part of a cluster".formatted(wanted),
                  "leave replicas out, or make a cluster of three servers")
              : Finding.ok("replicas", "one, as the server is no cluster"));
    }
  }

  private void checkPayload(Session session) {
    var limit = Posts.limit(session);
    findings.add(
        session.server().maxPayload() >= USUAL_PAYLOAD
            ? Finding.ok("content", "at most %s".formatted(limit))
            : Finding.warning(
                "content",
                "the server takes %,d bytes in one message, so that content is limited to %s"
                    .formatted(session.server().maxPayload(), limit),
                "raise max_payload in the server to 1MB"));
  }

  // What the server is set to is not for clients to see.
  private void checkPowerCut(Session session) {
    findings.add(
        Finding.ok(
            "power cut",
            session.server().isClustered()
                ? "a message is confirmed once a majority of its replicas has it"
                : "the last messages may be lost unless the server has sync_interval: always in its"
                    + " jetstream block (2 minutes by default)"));
  }

  private void problem(String check, BackendException fault) {
    findings.add(
        Finding.problem(
            check,
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }

  private record NobodyListens() implements LinkListener {
    @Override
    public void received(String consumer, Message message) {}

    @Override
    public void lost() {}
  }
}
