package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import java.util.List;

/** How many characters an answer may still hold; a page always keeps at least one message. */
final class Budget {

  /** About what the fields around a message's content take. */
  private static final int PER_MESSAGE = 300;

  private long left;

  Budget(long characters) {
    this.left = characters;
  }

  /** Whether nothing fits any more. */
  boolean spent() {
    return left <= 0;
  }

  /** The page, cut to what is left: at its far end in the window's direction. */
  Page cut(Page page, Window window) {
    return window instanceof Window.After || window instanceof Window.Oldest
        ? cutEnd(page)
        : cutStart(page, window instanceof Window.Before);
  }

  private Page cutEnd(Page page) {
    var messages = page.messages();
    var kept = 0;
    while (kept < messages.size() && takes(messages.get(kept), kept == 0)) {
      kept++;
    }
    if (kept == messages.size()) {
      return page;
    }
    return new Page(messages.subList(0, kept), messages.get(kept - 1).cursor(), true, page.gap());
  }

  private Page cutStart(Page page, boolean backwards) {
    var messages = page.messages();
    var from = messages.size();
    while (from > 0 && takes(messages.get(from - 1), from == messages.size())) {
      from--;
    }
    if (from == 0) {
      return page;
    }
    List<Message> kept = messages.subList(from, messages.size());
    return new Page(kept, backwards ? kept.getFirst().cursor() : page.next(), true, page.gap());
  }

  private boolean takes(Message message, boolean first) {
    if (!first && spent()) {
      return false;
    }
    left -= message.content().length() + PER_MESSAGE;
    return first || left >= 0;
  }
}
