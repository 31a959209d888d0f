package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Setting;
import java.util.List;

/** The reference of all keys, as Markdown, from the same tables that check them. */
final class ConfigurationReference {

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the code; do not edit. To renew it: mvn -q -pl bootstrap -am test -Dtest=ConfigurationReferenceTest -Dparley.docs.write=true -->

      Parley reads the file that `-c`/`--config` names, else the one that `PARLEY_CONFIG` names, else
      `parley.config.yaml` in the working folder. `parley init` writes one. The file is YAML, or JSON when
      its name ends in `.json`. Only `topics` (or `post_topics`) has to be there:

      ```yaml
      topics: ["general"]
      ```

      A mistake in the file stops Parley with one sentence that names file, line and key, what was found and
      what is allowed: unknown keys, keys given twice, wrong types, values out of range and combinations
      that cannot work. Nothing is ignored and no type is turned into another: `"5"` is no number, and 5
      is no text. All mistakes are reported at once; `parley doctor` checks what a file alone cannot show.

      **Secrets** are referred to, not written down. In any text, `${NAME}` stands for an environment
      variable, at any place; `$${` stands for a plain `${`. A text that begins with `file:` stands for the
      content of that file without its last line end. Secrets are never logged or shown.

      **Paths** that are relative start at the folder of the file; `~` is the home folder (`$HOME`).

      **Environment**: `PARLEY_CONFIG` (the file), `PARLEY_HANDLE` (overrides `identity.handle`; `--handle`
      overrides both), `PARLEY_PUBLIC_URL` (overrides `http.public_url`), `PARLEY_OWNER_PASSPHRASE` (instead
      of `auth.owner.passphrase_hash`), `PARLEY_LOG` (the log level on stderr: `off`,
      `error`, `warn`, `info`, `debug` or `trace`; default `warn`,
      with `--log json` `info`).

      `http` and `auth` are for `parley serve --http` and are checked whether or not it is used.

      """;

  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  private ConfigurationReference() {}

  /** The reference with the settings of these backends. */
  static String of(Plugins plugins) {
    var reference = new ConfigurationReference();
    reference.section(Keys.file(Section.ofBackend(List.of())), "");
    reference.backends(plugins);
    reference.formerNames(plugins);
    return reference.text.toString();
  }

  private void section(Section section, String prefix) {
    var path = prefix + section.name();
    if (!section.keys().isEmpty()) {
      table(
          path.isEmpty() ? "## Top level" : "## `%s`: %s".formatted(path, section.help()),
          section.keys());
    }
    section.sections().forEach(inner -> section(inner, path.isEmpty() ? "" : path + "."));
  }

  private void backends(Plugins plugins) {
    for (var name : plugins.names()) {
      plugins
          .named(name)
          .ifPresent(plugin ->
              table(
                  "## `backend_config` with `backend: %s`".formatted(name),
                  Section.ofBackend(Plugins.settingsOf(plugin)).keys()));
    }
  }

  private void table(String title, List<Section.Key> keys) {
    text.append(title).append("\n\n| key | allowed | default | what it is |\n|---|---|---|---|\n");
    for (var key : keys) {
      var setting = key.setting();
      text.append(
          "| `%s` | %s | %s | %s%s |\n"
              .formatted(
                  setting.name(),
                  cell(allowed(key)),
                  fallback(setting),
                  cell(setting.help()),
                  setting.secret() ? "; secret" : ""));
    }
    text.append('\n');
  }

  private void formerNames(Plugins plugins) {
    text.append(
        """
        ## Former names

        They are accepted, each with one warning.

        | former | now |
        |---|---|
        """);
    for (var name : plugins.names()) {
      plugins.named(name).ifPresent(this::formerNames);
    }
    retired(Keys.file(Section.ofBackend(List.of())), "");
  }

  private void formerNames(BackendPlugin plugin) {
    plugin
        .formerNames()
        .forEach(former -> row("backend: " + former, "`backend: %s`".formatted(plugin.name())));
    for (var setting : plugin.settings()) {
      setting
          .formerNames()
          .forEach(former ->
              row(
                  "backend_config.%s (%s)".formatted(former, plugin.name()),
                  "`backend_config.%s`".formatted(setting.name())));
    }
  }

  private void retired(Section section, String prefix) {
    section.retired().forEach(key -> row(prefix + key.name(), "no effect; " + key.advice()));
    section.sections().forEach(inner -> retired(inner, prefix + inner.name() + "."));
  }

  private void row(String former, String now) {
    text.append("| `%s` | %s |\n".formatted(former, now));
  }

  private static String allowed(Section.Key key) {
    var type = key.setting().type();
    var rule = key.rule();
    if (rule == null) {
      return type.allowed();
    }
    return type instanceof Setting.TextList ? "a list, each " + rule.allowed() : rule.allowed();
  }

  private static String fallback(Setting setting) {
    var fallback = setting.fallback();
    if (setting.required()) {
      return "required";
    }
    if (setting.type() instanceof Setting.TextList) {
      return fallback == null || fallback.isEmpty()
          ? "`[]`"
          : "`[\"%s\"]`".formatted(fallback.replace(", ", "\", \""));
    }
    return fallback == null ? "none" : "`%s`".formatted(fallback);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
