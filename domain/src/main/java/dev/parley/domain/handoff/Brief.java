package dev.parley.domain.handoff;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What an offer asks for.
 *
 * @param goal what is to be reached; not blank
 * @param context what to know for it; may be empty
 * @param acceptance how to see that it is reached; may be empty
 */
@ValueObject
public record Brief(String goal, String context, String acceptance) {

  private static final int LONGEST_TITLE = 120;

  public Brief {
    goal = ActLine.strip(goal);
    context = ActLine.strip(context);
    acceptance = ActLine.strip(acceptance);
    if (goal.isEmpty()) {
      throw new IllegalArgumentException("a hand-off needs a goal; this one is empty or blank");
    }
  }

  /**
   * The brief as people read it: a line that says it all or at least begins the goal, then the rest
   * under {@code Goal:}, {@code Context:} and {@code Acceptance:}.
   */
  public String text() {
    var title = title();
    var text = new StringBuilder(title);
    append(text, "Goal", title.equals(goal) ? "" : goal);
    append(text, "Context", context);
    append(text, "Acceptance", acceptance);
    return text.toString();
  }

  private String title() {
    var line = ActLine.strip(goal.lines().findFirst().orElse(""));
    if (line.length() <= LONGEST_TITLE) {
      return line;
    }
    var cut = Character.isHighSurrogate(line.charAt(LONGEST_TITLE - 1)) ? 1 : 0;
    return line.substring(0, LONGEST_TITLE - cut) + "...";
  }

  private static void append(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append('\n').append(name).append(": ").append(value);
    }
  }
}
