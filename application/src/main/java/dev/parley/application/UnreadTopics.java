package dev.parley.application;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.outbound.ReadingPositions;
import java.util.List;
import java.util.stream.Stream;

/** What is unread in several topics, with the positions to move once it was handed over. */
final class UnreadTopics implements CatchUp.Unread {

  private final ReadingPositions positions;
  private final List<Read> reads;

  UnreadTopics(ReadingPositions positions, List<Read> reads) {
    this.positions = positions;
    this.reads = List.copyOf(reads);
  }

  @Override
  public List<CatchUp.OfTopic> topics() {
    return reads.stream().map(Read::report).toList();
  }

  @Override
  public void handedOver() {
    for (var read : reads) {
      var from = read.position().cursor();
      if (!read.end().equals(from)) {
        positions.advance(read.position().id(), from, read.end());
      }
    }
  }

  /** Whether there is anything a reader has to be told. */
  boolean hasNews() {
    return reads.stream().anyMatch(Read::hasNews);
  }

  Stream<Message> messages() {
    return reads.stream().flatMap(read -> read.report().messages().stream());
  }

  /**
   * One read of one topic.
   *
   * @param position where it started
   * @param end where it ended
   * @param beyond whether there are further messages than those read, in the direction of reading
   */
  record Read(ReadingPosition position, Cursor end, boolean beyond, CatchUp.OfTopic report) {

    boolean hasNews() {
      return !report.messages().isEmpty() || report.gap() || report.more();
    }
  }
}
