package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.BackendPlugin;
import java.util.Optional;

/** Which backend the file asks for: one that is installed, or a mistake. */
final class BackendChoice {

  private static final String KEY = "backend";
  private static final String DEFAULT = "sqlite";

  private final Plugins plugins;
  private final Mistakes mistakes;

  BackendChoice(Plugins plugins, Mistakes mistakes) {
    this.plugins = plugins;
    this.mistakes = mistakes;
  }

  /** The plugin, or empty after a mistake was noted. */
  Optional<BackendPlugin> of(Node.Mapping document, References references) {
    var found = document.entries().getOrDefault(KEY, new Node.Nothing(document.line()));
    if (found instanceof Node.Text written) {
      return references.resolve(KEY, written).flatMap(name -> named(name, written));
    }
    if (found instanceof Node.Nothing) {
      return named(DEFAULT, new Node.Text(found.line(), DEFAULT));
    }
    mistakes.add(
        found.line(), "%s is %s, but must be %s".formatted(KEY, found.described(), known()));
    return Optional.empty();
  }

  private Optional<BackendPlugin> named(String name, Node.Text written) {
    var plugin = plugins.named(name);
    if (plugin.isPresent()) {
      return plugin;
    }
    var former = plugins.formerlyNamed(name);
    if (former.isPresent()) {
      mistakes.warn(
          written.line(),
          "%s: %s is now called %s; rename it".formatted(KEY, name, former.get().name()));
      return former;
    }
    var meant = Nearest.to(name, plugins.names()).map(", did you mean %s?"::formatted).orElse(";");
    mistakes.add(
        written.line(),
        "%s is %s, which is not a known backend%s known backends: %s"
            .formatted(KEY, written.described(), meant, known()));
    return Optional.empty();
  }

  private String known() {
    return plugins.all().isEmpty() ? "none" : String.join(", ", plugins.names());
  }
}
