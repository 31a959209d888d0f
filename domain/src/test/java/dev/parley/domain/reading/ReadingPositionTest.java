package dev.parley.domain.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.topic.TopicName;
import org.junit.jupiter.api.Test;

class ReadingPositionTest {

  private static final ReadingPositionId ID =
      new ReadingPositionId(
          new InstanceId("agent"), ReaderName.DEFAULT, "sqlite", new TopicName("ctx"));
  private static final Cursor FIVE = new Cursor("5");
  private static final Cursor NINE = new Cursor("9");

  @Test
  void a_first_read_moves_it_from_nowhere() {
    assertThat(ReadingPosition.unread(ID).advance(null, FIVE))
        .contains(new ReadingPosition(ID, FIVE));
  }

  @Test
  void a_read_from_where_it_stands_moves_it() {
    assertThat(new ReadingPosition(ID, FIVE).advance(FIVE, NINE))
        .contains(new ReadingPosition(ID, NINE));
  }

  @Test
  void a_read_from_elsewhere_does_not_move_it() {
    assertThat(new ReadingPosition(ID, NINE).advance(FIVE, new Cursor("6"))).isEmpty();
    assertThat(new ReadingPosition(ID, NINE).advance(null, FIVE)).isEmpty();
    assertThat(ReadingPosition.unread(ID).advance(FIVE, NINE)).isEmpty();
  }

  @Test
  void a_reader_name_has_at_most_64_characters_none_of_them_control() {
    assertThat(new ReaderName("x".repeat(64)).toString()).hasSize(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReaderName("x".repeat(65)))
        .withMessage(
            "a reader name has 1 to 64 characters and no control characters; this one has 65");
    assertThatIllegalArgumentException().isThrownBy(() -> new ReaderName("a\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReaderName(" "));
  }
}
