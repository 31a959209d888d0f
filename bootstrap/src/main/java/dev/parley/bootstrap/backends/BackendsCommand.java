package dev.parley.bootstrap.backends;

import dev.parley.bootstrap.config.Plugins;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Setting;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the installed backends, or everything about one. */
@Command(
    name = "backends",
    description = "List the installed backends, or every setting of one and what it can do.",
    mixinStandardHelpOptions = true)
public final class BackendsCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The backend.")
  @Nullable String name;

  @Override
  public Integer call() {
    var plugins = Plugins.installed();
    var wanted = name;
    if (wanted == null) {
      plugins.names().forEach(System.out::println);
      return 0;
    }
    System.out.print(describe(plugins.named(wanted).orElseThrow(() -> unknown(plugins, wanted))));
    return 0;
  }

  private CommandLine.ParameterException unknown(Plugins plugins, String wanted) {
    return new CommandLine.ParameterException(spec.commandLine(), plugins.unknown(wanted));
  }

  private static String describe(BackendPlugin plugin) {
    var lines = new ArrayList<String>();
    lines.add("backend: " + plugin.name());
    plugin.formerNames().forEach(former -> lines.add("  formerly: " + former));
    lines.add("");
    lines.add("backend_config:");
    for (var setting : Plugins.settingsOf(plugin)) {
      lines.add("  " + setting.name() + (setting.required() ? " (required)" : ""));
      lines.add("      " + setting.help());
      lines.add("      " + values(setting));
    }
    lines.add("");
    lines.add("What it can do:");
    CapabilitiesInWords.of(plugin.capabilities()).forEach(line -> lines.add("  " + line));
    return String.join("\n", lines) + "\n";
  }

  private static String values(Setting setting) {
    var text = new StringBuilder(setting.type().allowed());
    if (setting.fallback() != null) {
      text.append("; default ").append(setting.fallback());
    }
    if (setting.secret()) {
      text.append(
          setting.type() instanceof Setting.Url
              ? "; with a password in it: use ${NAME} or file:path"
              : "; a secret: use ${NAME} or file:path");
    }
    setting.formerNames().forEach(former -> text.append("; formerly ").append(former));
    return text.toString();
  }
}
