package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenStoreTest {

  @Test
  void plainValuesTakeTheTypesOfTheirSettings() {
    var config =
        OpenStore.config(
            plugin(
                Setting.required("file", new Setting.FilePath(), "a file"),
                Setting.required("on", new Setting.YesNo(), "on or off"),
                Setting.required("servers", new Setting.TextList(), "servers"),
                Setting.required("map", new Setting.TextMap(), "topics to channels")),
            Map.of("file", "a.db", "on", "true", "servers", "one\ntwo", "map", "x=1\na=b=y"));
    assertThat(config.path("file")).contains(Path.of("a.db").toAbsolutePath());
    assertThat(config.enabled("on")).isTrue();
    assertThat(config.texts("servers")).containsExactly("one", "two");
    assertThat(config.map("map")).isEqualTo(Map.of("x", "1", "a=b", "y"));
  }

  @Test
  void absentValuesTakeTheirDefaults() {
    var config = OpenStore.config(plugin(Setting.REQUEST_TIMEOUT), Map.of());
    assertThat(config.requestTimeout()).hasSeconds(10);
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> OpenStore.config(plugin(), Map.of("db_pth", "x")))
        .hasMessageContaining("db_pth");
  }

  private static ReferencePlugin plugin(Setting... settings) {
    return new ReferencePlugin() {
      @Override
      public List<Setting> settings() {
        return List.of(settings);
      }
    };
  }
}
