package dev.parley.bootstrap.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in one file, and what works but should be changed. */
final class Mistakes {

  private final String file;
  private final List<Located> found = new ArrayList<>();
  private final List<Located> warnings = new ArrayList<>();

  private record Located(int line, String sentence) {}

  Mistakes(String file) {
    this.file = file;
  }

  /** Something that cannot stay as it is; the sentence begins with the key. */
  void add(int line, String sentence) {
    found.add(new Located(line, at(line, sentence)));
  }

  /** Something wrong outside the file; the sentence begins with where it is. */
  void addOutside(String sentence) {
    found.add(new Located(Integer.MAX_VALUE, sentence));
  }

  /** Something that is accepted, but should be changed. */
  void warn(int line, String sentence) {
    warnings.add(new Located(line, at(line, sentence)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** The mistakes in the order of the file. */
  List<String> sentences() {
    return ordered(found);
  }

  /** The warnings in the order of the file. */
  List<String> warnings() {
    return ordered(warnings);
  }

  private String at(int line, String sentence) {
    return "%s:%d: %s".formatted(file, line, sentence);
  }

  private static List<String> ordered(List<Located> sentences) {
    return sentences.stream()
        .sorted((one, other) -> Integer.compare(one.line(), other.line()))
        .map(Located::sentence)
        .toList();
  }
}
