package dev.parley.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run found out about each law. */
public final class Verdicts {

  /** How a scenario says, in its log, that the backend has not got something. */
  public static final String ABSENT = "declared absent: ";

  private final Set<Law> tried = EnumSet.noneOf(Law.class);
  private final Map<Law, List<String>> failures = new EnumMap<>(Law.class);
  private final Map<Law, Set<String>> absences = new EnumMap<>(Law.class);

  /** A scenario of the law passed. */
  public synchronized void passed(Law law) {
    tried.add(law);
  }

  /** A scenario of the law failed. */
  public synchronized void failed(Law law, String scenarioAndReason) {
    tried.add(law);
    failures.computeIfAbsent(law, l -> new ArrayList<>()).add(scenarioAndReason);
  }

  /** The backend has not got something that matters for the law. */
  public synchronized void absent(Law law, String what) {
    absences.computeIfAbsent(law, l -> new LinkedHashSet<>()).add(what);
  }

  /** The laws of which at least one scenario ran. */
  public synchronized Set<Law> tried() {
    return Set.copyOf(tried);
  }

  /** The scenarios that failed, each with the reason in short, by law. */
  public synchronized Map<Law, List<String>> failures() {
    return new EnumMap<>(failures);
  }

  /** What the backend declared that it has not got, where it matters for a law. */
  public synchronized Set<String> absences(Law law) {
    return new LinkedHashSet<>(absences.getOrDefault(law, Set.of()));
  }
}
