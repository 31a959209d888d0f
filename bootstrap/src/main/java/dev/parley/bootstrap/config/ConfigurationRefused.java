package dev.parley.bootstrap.config;

import java.util.List;

/** A configuration that cannot be used; one sentence for each mistake, never a secret. */
public final class ConfigurationRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final String sentences;

  ConfigurationRefused(List<String> mistakes) {
    this(String.join("\n", mistakes));
  }

  private ConfigurationRefused(String sentences) {
    super(sentences);
    this.sentences = sentences;
  }

  /** The mistakes, at least one, in the order of the file. */
  public List<String> mistakes() {
    return sentences.lines().toList();
  }
}
