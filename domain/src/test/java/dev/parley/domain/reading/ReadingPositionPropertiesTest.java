package dev.parley.domain.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class ReadingPositionPropertiesTest {

  private static final ReadingPositionId ID =
      new ReadingPositionId(
          new InstanceId("agent"), ReaderName.DEFAULT, "sqlite", new TopicName("ctx"));

  /** A read that started at one message and ended at another; saved at any time later. */
  private record Read(@Nullable Cursor from, int to) {}

  @Property
  void of_two_reads_one_after_the_other_the_later_stands_in_whatever_order_they_are_saved(
      @ForAll @IntRange(min = 1, max = 50) int first,
      @ForAll @IntRange(min = 1, max = 50) int further,
      @ForAll boolean lateFirst) {
    var position = save(ReadingPosition.unread(ID), new Read(null, first));
    var later = new Read(position.cursor(), first + further);
    var repeated = new Read(null, first);
    for (var read : lateFirst ? List.of(repeated, later) : List.of(later, repeated)) {
      position = save(position, read);
    }
    assertThat(standsAt(position)).isEqualTo(first + further);
  }

  @Property
  void never_moves_back_and_never_skips_whatever_the_interleaving(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 9) Integer> pages, @ForAll long seed) {
    var random = new Random(seed);
    var position = ReadingPosition.unread(ID);
    var open = new ArrayList<Read>();
    for (var page : pages) {
      open.add(new Read(position.cursor(), standsAt(position) + page));
      if (random.nextBoolean()) {
        var before = standsAt(position);
        var read = open.remove(random.nextInt(open.size()));
        position = save(position, read);
        assertThat(standsAt(position)).isGreaterThanOrEqualTo(before);
        assertThat(standsAt(position)).isIn(before, read.to());
      }
    }
  }

  @Property(tries = 50)
  void of_reads_saved_at_the_same_moment_exactly_one_moves_it(
      @ForAll @IntRange(min = 2, max = 8) int readers) {
    var stored = new AtomicReference<>(ReadingPosition.unread(ID));
    var moved =
        IntStream.rangeClosed(1, readers)
            .parallel()
            .filter(to -> {
              var seen = stored.get();
              return seen.advance(null, cursor(to))
                  .filter(next -> stored.compareAndSet(seen, next))
                  .isPresent();
            })
            .boxed()
            .toList();
    assertThat(moved).hasSize(1);
    assertThat(standsAt(stored.get())).isEqualTo(moved.getFirst());
  }

  private static ReadingPosition save(ReadingPosition position, Read read) {
    return position.advance(read.from(), cursor(read.to())).orElse(position);
  }

  private static Cursor cursor(int place) {
    return new Cursor("c" + place);
  }

  private static int standsAt(ReadingPosition position) {
    var cursor = position.cursor();
    return cursor == null ? 0 : Integer.parseInt(cursor.value().substring(1));
  }
}
