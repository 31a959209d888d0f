package dev.parley.application;

import dev.parley.domain.message.Draft;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.inbound.AnnouncePresence.Announced;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PresenceWire;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beats of one process, on one virtual thread, from hello to goodbye. */
final class Announcements implements Announced, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** How long the end of a process waits for its goodbye; without it, others wait for the TTL. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final Duration NEVER = Duration.ofDays(36_500);

  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("presence").unstarted(this);
  private final TopicName topic;
  private final Announcement announcement;
  private final Backend backend;
  private final Duration heartbeat;
  private final PresenceWire wire;
  private ProcessInstance process = ProcessInstance.UNNAMED;
  private Backoff backoff = new Backoff();
  private boolean announced;
  private boolean warned;

  private Announcements(
      AllowedTopics topics, Backend backend, PresenceRules rules, PresenceWire wire) {
    this.topic = topics.presenceTopic();
    this.announcement = Announcement.of(topics, rules.push());
    this.backend = backend;
    this.heartbeat = rules.heartbeat();
    this.wire = wire;
  }

  static Announcements start(
      AllowedTopics topics, Backend backend, PresenceRules rules, PresenceWire wire) {
    var announcements = new Announcements(topics, backend, rules, wire);
    announcements.thread.start();
    return announcements;
  }

  @Override
  public void run() {
    // Here, since the first random number of a process takes a while.
    process = new ProcessInstance(UUID.randomUUID().toString());
    try {
      var wait = Duration.ZERO;
      while (!ended.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wait = beat();
      }
      if (announced) {
        post(Kind.GOODBYE, announcement.cutTo(0));
      }
    } catch (InterruptedException _) {
      // It took too long: others notice by the TTL.
    } catch (BackendException e) {
      LOG.debug("The goodbye was not stored, so others wait for the TTL: {}", e.getMessage());
    }
  }

  /** Says that this process is there; gives the time until it is to be said again. */
  private Duration beat() {
    try {
      post(announced ? Kind.HEARTBEAT : Kind.HELLO, announcement);
      announced = true;
      backoff = new Backoff();
      return heartbeat;
    } catch (NoSuchTopic e) {
      warn("Presence is off on this backend", e);
      return NEVER;
    } catch (OutcomeUnknown e) {
      // It may be seen, so it may have to be taken back.
      announced = true;
      return backoff.next(e);
    } catch (Unavailable | RateLimited e) {
      return backoff.next(e);
    } catch (BackendException e) {
      warn("Others do not learn that this instance is there", e);
      return heartbeat;
    } catch (RuntimeException e) {
      LOG.error("Announcing presence failed unexpectedly and goes on", e);
      return heartbeat;
    }
  }

  private void post(Kind kind, Announcement said) {
    backend.post(Draft.of(topic, fitting(new Beat(kind, process, clock.instant(), said))));
  }

  /** The beat as content, with as many names as the backend's limit allows. */
  private String fitting(Beat beat) {
    var limit = backend.about().limit();
    var content = wire.write(beat);
    var said = beat.announcement();
    var fits = 0;
    var tooMany = said.topics().size() + said.postPatterns().expressions().size();
    if (limit.sizeOf(content) <= limit.size()) {
      return content;
    }
    while (fits + 1 < tooMany) {
      var names = (fits + tooMany) >>> 1;
      if (limit.sizeOf(written(beat, names)) <= limit.size()) {
        fits = names;
      } else {
        tooMany = names;
      }
    }
    return written(beat, fits);
  }

  private String written(Beat beat, int names) {
    return wire.write(
        new Beat(beat.kind(), beat.process(), beat.at(), beat.announcement().cutTo(names)));
  }

  private void warn(String what, BackendException why) {
    if (!warned) {
      warned = true;
      LOG.warn("{}: {}", what, why.getMessage());
    }
  }

  /** A second call does not wait once more for what the first one has given up. */
  @Override
  public synchronized void close() {
    if (ended.getCount() == 0) {
      return;
    }
    ended.countDown();
    try {
      if (!thread.join(FAREWELL)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
