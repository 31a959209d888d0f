package dev.parley.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The laws, in the order of their ids: S01 to S21 bind the seam and so the backend, those with a U
 * the use cases above it, on every backend alike.
 */
public enum Law {
  S01("durable"),
  S02("one id"),
  S03("one order"),
  S04("strictly after"),
  S05("quiet tail"),
  S06("no holes under concurrency"),
  S07("live"),
  S08("two paths, one truth"),
  S09("topics are apart"),
  S10("text survives"),
  S11("attribution"),
  S12("threads"),
  S13("limits"),
  S14("cursors"),
  S15("readers are independent"),
  S16("survives"),
  S17("closes"),
  S18("says what is wrong"),
  S19("nothing poisons a topic"),
  S20("one slow reader holds up nobody"),
  S21("edits and deletes"),
  U01("who is there"),
  U02("handing over");

  private final String title;

  Law(String title) {
    this.title = title;
  }

  /** The law in a few words. */
  public String title() {
    return title;
  }

  /** Whether this is a law of the seam, which a backend can break. */
  public boolean isOfTheSeam() {
    return name().startsWith("S");
  }

  /** The law that a scenario's tags name, such as {@code @S04}. */
  public static Optional<Law> ofTags(List<String> tags) {
    return Arrays.stream(values()).filter(law -> tags.contains("@" + law.name())).findFirst();
  }
}
