package dev.parley.application;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.About;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowTopics;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import dev.parley.ports.outbound.Self;
import java.time.Duration;

/**
 * Everything one session can ask of Parley.
 *
 * @param post posting
 * @param fetch reading history
 * @param catchUp reading what is unread
 * @param follow following live
 * @param observe looking on without a trace
 * @param topics what may be used, and on which backend
 */
public record UseCases(
    PostMessage post,
    FetchRecent fetch,
    CatchUp catchUp,
    Follow follow,
    ObserveTopic observe,
    ShowTopics topics) {

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
      ReadingPositions positions,
      PostedIds postedIds,
      Duration longestPost) {
    var session = new Session(self.handle(), longestPost);
    var catchingUp =
        new CatchingUp(topics, backend, store, self.instance(), positions, postedIds, session);
    return new UseCases(
        new Posting(topics, backend, session, postedIds),
        catchingUp,
        catchingUp,
        new FollowingTopics(topics, backend, session, rules),
        new ObservingTopics(topics, backend),
        new ShownTopics(topics, backend));
  }

  private record ShownTopics(AllowedTopics topics, Backend live) implements ShowTopics {
    @Override
    public About backend() {
      return live.about();
    }
  }
}
