package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A person reads one line, and no names of classes. */
class ReasonTest {

  @Test
  void the_first_line_is_told_without_names_of_exceptions() {
    assertThat(Reason.of(new IOException("java.net.ConnectException: refused\nat a.b.C")))
        .isEqualTo("refused");
  }

  @Test
  void that_there_is_none_is_said() {
    assertThat(Reason.of(new IOException())).isEqualTo("no reason given");
    assertThat(Reason.of(new IOException(""))).isEqualTo("no reason given");
  }
}
