package dev.parley.adapters.inbound.cli;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads as much history as was asked for, in as many pages as it takes. */
final class History {

  private final FetchRecent history;

  History(FetchRecent history) {
    this.history = history;
  }

  /** The whole window as one page. */
  Page read(TopicName topic, Window window) throws InterruptedException {
    var page = fetch(topic, window);
    var messages = new ArrayList<>(page.messages());
    var gap = page.gap();
    var next = page.next();
    while (page.more() && messages.size() < window.limit()) {
      var left = window.limit() - messages.size();
      var forwards = window instanceof Window.After || window instanceof Window.Oldest;
      page =
          fetch(
              topic,
              forwards
                  ? Window.after(page.next(), left)
                  : Window.before(messages.getFirst().cursor(), left));
      messages.addAll(forwards ? messages.size() : 0, page.messages());
      gap |= page.gap();
      next = forwards ? page.next() : next;
    }
    return new Page(messages, next, page.more() && !messages.isEmpty(), gap);
  }

  /** Throws why one of the topics cannot be read. */
  void check(List<TopicName> topics) throws InterruptedException {
    for (var topic : topics) {
      var _ = fetch(topic, Window.latest(1));
    }
  }

  private Page fetch(TopicName topic, Window window) throws InterruptedException {
    return history.fetch(new FetchRecent.Query(topic, window, Integer.MAX_VALUE, Duration.ZERO));
  }
}
