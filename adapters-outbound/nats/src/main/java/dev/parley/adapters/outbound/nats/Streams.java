package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.TopicFold;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.AccessDenied;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which stream holds which topic, and what is known of it on the present connection. */
final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  // The server takes 255 characters, as many as a file system, but then cannot delete the stream.
  private static final int LONGEST_NAME = 200;
  private static final int REPLICAS_ON_A_CLUSTER = 3;

  /** For how long a server remembers the key of a post in a stream that Parley made. */
  static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(10);

  private final NatsSettings settings;
  private final Faults faults;
  private final TopicFold fold;
  private final Map<TopicName, Known> known = new ConcurrentHashMap<>();

  Streams(NatsSettings settings, Faults faults) {
    this.settings = settings;
    this.faults = faults;
    this.fold = new TopicFold(Streams::isAllowed, LONGEST_NAME - settings.streamPrefix().length());
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** A stream as it was seen on one connection. */
  record Known(Session session, StreamState stream, Place place) {}

  String nameOf(TopicName topic) {
    return settings.streamPrefix() + fold.of(topic);
  }

  String subjectOf(TopicName topic) {
    return settings.subjectPrefix() + "." + fold.of(topic);
  }

  /** The place of a topic whose stream does not exist. */
  Place withoutStream(TopicName topic) {
    known.remove(topic);
    return Place.withoutStream(topic, locationOf(topic));
  }

  /** What was last seen of a topic's stream on this connection; null for nothing. */
  @Nullable Known lastSeen(Session session, TopicName topic) {
    var seen = known.get(topic);
    return seen != null && seen.session() == session ? seen : null;
  }

  void forget(TopicName topic) {
    known.remove(topic);
  }

  /**
   * Notes what a stream is like.
   *
   * @throws dev.parley.ports.BackendException.Misconfigured when the stream is another topic's
   */
  Known seen(Session session, TopicName topic, StreamState stream) {
    var owner = stream.description();
    if (owner != null && !owner.equals(topic.value())) {
      throw faults.foreignStream(stream.name(), topic.value(), owner);
    }
    var before = known.get(topic);
    var place =
        before != null && before.place().isOf(stream)
            ? before.place()
            : Place.in(topic, locationOf(topic), stream);
    var now = new Known(session, stream, place);
    known.put(topic, now);
    return now;
  }

  private String locationOf(TopicName topic) {
    var servers = settings.servers().stream().map(ServerAddress::host).sorted().toList();
    return String.join(",", servers) + "/" + nameOf(topic);
  }

  /** A topic's stream, made if there is none. */
  Known ensure(Session session, TopicName topic, Deadline deadline) throws Unanswered, ApiError {
    var seen = lastSeen(session, topic);
    return seen != null ? seen : findOrCreate(session, topic, deadline);
  }

  /** The same, as its leader sees it now. */
  Known findOrCreate(Session session, TopicName topic, Deadline deadline)
      throws Unanswered, ApiError {
    var api = new StreamApi(session);
    var found = api.streamInfo(nameOf(topic), deadline);
    if (found.isPresent()) {
      var stream = seen(session, topic, found.get());
      return retain(api, stream, deadline);
    }
    return seen(session, topic, create(api, session, topic, deadline));
  }

  private StreamState create(StreamApi api, Session session, TopicName topic, Deadline deadline)
      throws Unanswered, ApiError {
    try {
      return api.createStream(nameOf(topic), configOf(topic, session), deadline);
    } catch (ApiError error) {
      // Somebody else made it at the same time: with other settings, or in between two looks of the
      // server, which then says that its subjects are taken.
      if (error.errorCode() == ApiError.STREAM_NAME_IN_USE
          || error.errorCode() == ApiError.SUBJECTS_OVERLAP) {
        var found = api.streamInfo(nameOf(topic), deadline);
        if (found.isPresent()) {
          return found.get();
        }
      }
      throw error;
    }
  }

  private MapBuilder configOf(TopicName topic, Session session) {
    var replicas = settings.replicas();
    return Json.object()
        .put("name", nameOf(topic))
        .put("description", topic.value())
        .put("subjects", List.of(new JsonValue(subjectOf(topic))))
        .put("retention", "limits")
        .put("storage", "file")
        .put("discard", "old")
        .put(
            "num_replicas",
            replicas != null
                ? replicas
                : session.server().isClustered() ? REPLICAS_ON_A_CLUSTER : 1)
        .put("max_age", settings.retention() == null ? 0L : settings.retention().toNanos())
        .put("duplicate_window", DUPLICATE_WINDOW.toNanos())
        .put("allow_direct", true);
  }

  /**
   * Has a stream that keeps everything delete what is too old, where that is asked for. Whoever set
   * another age meant it; that is left alone.
   */
  private Known retain(StreamApi api, Known found, Deadline deadline) throws Unanswered {
    var retention = settings.retention();
    if (retention == null || found.stream().maxAge() != 0) {
      return found;
    }
    try {
      var config = found.stream().config().with("max_age", retention.toNanos());
      var updated = api.updateStream(found.stream().name(), config, deadline);
      return seen(found.session(), found.place().topic(), updated);
    } catch (ApiError | AccessDenied refused) {
      LOG.warn(
          "retention_days has no effect on the stream {}: {}",
          found.stream().name(),
          refused.getMessage());
      return found;
    }
  }

  /** A topic's stream as its leader sees it now; empty when there is none. */
  Optional<Known> find(Session session, TopicName topic, Deadline deadline)
      throws Unanswered, ApiError {
    return new StreamApi(session)
        .streamInfo(nameOf(topic), deadline)
        .map(stream -> seen(session, topic, stream));
  }
}
