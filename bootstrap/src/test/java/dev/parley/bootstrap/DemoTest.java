package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration happens for real, and fails when it does not. */
class DemoTest {

  @TempDir Path folder;

  @Test
  void every_step_happens_and_nothing_is_left_behind() {
    var demo = new Parley(folder).run("demo");
    assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out().lines().toList().getLast()).startsWith("demo: all steps happened.");
    assertThat(folder).isDirectoryNotContaining("glob:**/parley-demo*");
  }
}
