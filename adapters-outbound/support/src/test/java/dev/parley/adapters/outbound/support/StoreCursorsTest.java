package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.adapters.outbound.support.StoreCursors.Place;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCursorsTest {

  private final StoreCursors cursors = new StoreCursors("carrier", "host-a/bus", "e1");

  @Test
  void aCursorComesBackToItsPlace() {
    assertThat(cursors.placeOf(cursors.at("12-3"))).isEqualTo(new Place.Here("12-3"));
  }

  @Test
  void theLocationIsOnlyShownAsAHash() {
    assertThat(cursors.at("1").value()).doesNotContain("host-a").endsWith(":e1:1");
  }

  @Test
  void theSameStoreUnderAnotherNameIsTheSame() {
    var alias = new StoreCursors("carrier", "alias-of-host-a/bus", "e1");
    assertThat(alias.placeOf(cursors.at("7"))).isEqualTo(new Place.Here("7"));
  }

  @Test
  void aStoreThatWasMadeAnewAtThisLocationHasFormerCursors() {
    var renewed = new StoreCursors("carrier", "host-a/bus", "e2");
    assertThat(renewed.placeOf(cursors.at("7"))).isEqualTo(new Place.InFormerStore());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "-7", "9223372036854775807", "-9223372036854775808"})
  void aPlaceMayBeANumber(String place) {
    assertThat(StoreCursors.number(cursors.at(place), place)).isEqualTo(Long.parseLong(place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"07", "-0", "+7", "7 ", "7.0", "seven", "\u0667", "9223372036854775808"})
  void otherNumbersAreRejected(String place) {
    assertThatThrownBy(() -> StoreCursors.number(cursors.at(place), place))
        .isInstanceOf(CursorRejected.class)
        .hasMessageContaining("names no place");
  }

  @Test
  void anotherStoresCursorIsRejectedWithWhatToPass() {
    var other = new StoreCursors("carrier", "host-b/bus", "e2");
    assertThatThrownBy(() -> other.placeOf(cursors.at("7")))
        .isInstanceOf(CursorRejected.class)
        .hasMessageContaining("another store")
        .hasMessageContaining("pass one");
  }

  @Test
  void garbageIsRejectedAndCutToAReadableLength() {
    assertThatThrownBy(() -> cursors.placeOf(new Cursor("x".repeat(400))))
        .isInstanceOf(CursorRejected.class)
        .hasMessageContaining("x".repeat(80) + "...")
        .hasMessageNotContaining("x".repeat(81));
  }
}
