package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.HandOffWork.Verdict;

/** Prints hand-offs for a person, or as lines of JSON. */
final class HandOffOutput {

  private static final int FAILED = 1;

  private final boolean json;
  private final Terminal terminal = new Terminal();

  HandOffOutput(boolean json) {
    this.json = json;
  }

  /** One line. */
  void line(HandOff handOff) {
    terminal.print(
        json
            ? JsonLines.of(handOff)
            : "%s [%s] %s: %s"
                .formatted(
                    terminal.bold(handOff.key().id().value()),
                    Terminal.clean(handOff.key().topic().value()),
                    standing(handOff),
                    Terminal.line(handOff.goal())));
  }

  /** All of it. */
  void whole(HandOff handOff) {
    if (json) {
      terminal.print(JsonLines.of(handOff));
      return;
    }
    line(handOff);
    terminal.print("  offered by " + terminal.name(handOff.offerer().handle()));
    terminal.print(Terminal.indented(handOff.text()));
    var note = noteOf(handOff.state());
    if (!note.isEmpty()) {
      terminal.print("  " + standing(handOff) + ":");
      terminal.print(Terminal.indented(note));
    }
  }

  /** What an act did; gives the exit code, which is 0 only if it counts. */
  int outcome(Outcome outcome) {
    var counts = outcome.verdict() == Verdict.APPLIED || outcome.verdict() == Verdict.ALREADY_YOURS;
    if (json) {
      terminal.print(JsonLines.of(outcome));
    } else if (counts) {
      terminal.print(Terminal.clean(outcome.sentence()));
    } else {
      note(outcome.sentence());
    }
    return counts ? 0 : FAILED;
  }

  /** Something a person should know that is no hand-off. */
  void note(String sentence) {
    terminal.note(Terminal.clean(sentence));
  }

  /** How it stands, and for whom it is while nobody has it. */
  static String standing(HandOff handOff) {
    var to = handOff.to() == null ? "anyone" : handOff.to().value();
    return handOff.state() instanceof HandOffState.Offered
        ? "offered to " + to
        : Terminal.clean(handOff.standing());
  }

  private static String noteOf(HandOffState state) {
    return switch (state) {
      case HandOffState.Offered _ -> "";
      case HandOffState.Claimed claimed -> claimed.progress();
      case HandOffState.Done done -> done.result();
      case HandOffState.Declined declined -> declined.why();
      case HandOffState.Cancelled cancelled -> cancelled.why();
    };
  }
}
