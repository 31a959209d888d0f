package dev.parley.application;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.About;
import dev.parley.ports.inbound.AnnouncePresence;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.inbound.ShowTopics;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.HandOffProjections;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.PresenceWire;
import dev.parley.ports.outbound.ReadingPositions;
import dev.parley.ports.outbound.Self;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Everything one session can ask of Parley.
 *
 * @param post posting
 * @param fetch reading history
 * @param catchUp reading what is unread
 * @param follow following live
 * @param observe looking on without a trace
 * @param topics what may be used, and on which backend
 * @param handOffWork handing work over
 * @param handOffs how handed over work stands
 * @param users who else is there
 * @param presence telling others that this session is there
 * @param ending ends what runs in the background
 */
public record UseCases(
    PostMessage post,
    FetchRecent fetch,
    CatchUp catchUp,
    Follow follow,
    ObserveTopic observe,
    ShowTopics topics,
    HandOffWork handOffWork,
    ShowHandOffs handOffs,
    ListUsers users,
    AnnouncePresence presence,
    Runnable ending)
    implements AutoCloseable {

  /**
   * The use cases of one session over a backend.
   *
   * @param store which backend, and where: it keeps the positions of different stores apart
   * @param longestPost how long one post may take: {@code request_timeout_ms}
   */
  public static UseCases over(
      Backend backend,
      String store,
      Self self,
      AllowedTopics topics,
      PushRules rules,
      PresenceRules presence,
      PresenceWire wire,
      ReadingPositions positions,
      PostedIds postedIds,
      HandOffProjections projections,
      Duration longestPost) {
    var session = new Session(self.handle(), longestPost);
    var posting = new Posting(topics, backend, session, postedIds);
    var folds = new HandOffFolds(backend, store, projections, longestPost);
    var handingOver =
        new HandingOver(
            self,
            topics,
            backend,
            posting,
            folds,
            session,
            postedIds,
            longestPost,
            new SplittableRandom());
    var catchingUp =
        new CatchingUp(topics, backend, store, self.instance(), positions, postedIds, session);
    var roster = new LiveRoster(topics, backend, presence, wire, Clock.systemUTC());
    return new UseCases(
        posting,
        catchingUp,
        catchingUp,
        new FollowingTopics(topics, backend, session, rules, folds),
        new ObservingTopics(topics, backend),
        new ShownTopics(topics, backend),
        handingOver,
        handingOver,
        new ListingUsers(topics, roster),
        new Announcing(topics, backend, presence, wire),
        roster::close);
  }

  /** Ends what runs in the background; the backend is left to whoever opened it. */
  @Override
  public void close() {
    ending.run();
  }

  private record ShownTopics(AllowedTopics topics, Backend live) implements ShowTopics {
    @Override
    public About backend() {
      return live.about();
    }
  }
}
