package dev.parley.architecture;

import dev.parley.architecture.ModulePom.Needed;
import java.util.List;
import java.util.Set;

/** The direction of the hexagon as Maven knows it: which module may need which, outside tests. */
final class ModuleDirection {

  private static final Set<String> DOMAIN_LIBRARIES = Set.of("org.jmolecules", "com.google.re2j");
  private static final Set<String> PORTS_LIBRARIES = Set.of("org.jmolecules");
  private static final Set<String> APPLICATION_LIBRARIES = Set.of("org.jmolecules", "org.slf4j");

  private ModuleDirection() {}

  /** What a module needs and may not, each as one sentence; empty when all is well. */
  static List<String> violations(ModulePom module, List<ModulePom> all) {
    return module.dependencies().stream()
        .filter(needed -> !needed.isForTests())
        .filter(needed -> !isAllowed(module, needed, all))
        .map(needed ->
            "%s may not need %s:%s in scope %s"
                .formatted(module.folder(), needed.group(), needed.artifact(), needed.scope()))
        .toList();
  }

  private static boolean isAllowed(ModulePom module, Needed needed, List<ModulePom> all) {
    return needed.isOwn()
        ? all.stream()
            .filter(other -> needed.artifact().equals("parley-" + other.name()))
            .anyMatch(other -> maySee(module, other, needed.scope()))
        : mayUseLibrary(module, needed.group());
  }

  private static boolean maySee(ModulePom module, ModulePom other, String scope) {
    return switch (module.folder()) {
      case "domain", "architecture-tests" -> false;
      case "ports" -> isOneOf(other, "domain");
      case "application" -> isOneOf(other, "domain", "ports");
      case "conformance-features" ->
          isOneOf(other, "domain", "ports", "application")
              || (isOneOf(other, "adapters-outbound/wire") && scope.equals("runtime"));
      case "adapters-inbound/stdio", "adapters-inbound/http" ->
          isOneOf(other, "domain", "ports", "adapters-inbound/mcp");
      case "bootstrap" ->
          isOneOf(
                  other,
                  "domain",
                  "ports",
                  "application",
                  "adapters-outbound/state",
                  "adapters-outbound/wire",
                  "adapters-outbound/clientdocuments",
                  "adapters-outbound/metrics")
              || other.isInboundAdapter()
              || (other.isBackend() && scope.equals("runtime"));
      default ->
          isOneOf(other, "domain", "ports")
              || (module.isBackend() && isOneOf(other, "adapters-outbound/support"));
    };
  }

  private static boolean mayUseLibrary(ModulePom module, String group) {
    return switch (module.folder()) {
      case "domain" -> DOMAIN_LIBRARIES.contains(group);
      case "ports" -> PORTS_LIBRARIES.contains(group);
      case "application" -> APPLICATION_LIBRARIES.contains(group);
      default -> true;
    };
  }

  private static boolean isOneOf(ModulePom module, String... folders) {
    return Set.of(folders).contains(module.folder());
  }
}
