package dev.parley.domain.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RecentIdsPropertiesTest {

  @Property
  void remember_the_ids_added_last_and_no_more(
      @ForAll @IntRange(min = 1, max = 5) int bound,
      @ForAll List<@IntRange(min = 0, max = 9) Integer> added) {
    var ids = new RecentIds(bound);
    var remembered = new ArrayList<Integer>();
    for (var id : added) {
      assertThat(ids.add(new MessageId("m" + id))).isEqualTo(!remembered.contains(id));
      if (!remembered.contains(id)) {
        remembered.add(id);
      }
      if (remembered.size() > bound) {
        remembered.removeFirst();
      }
    }
    for (int id = 0; id <= 9; id++) {
      assertThat(ids.contains(new MessageId("m" + id))).isEqualTo(remembered.contains(id));
    }
  }
}
