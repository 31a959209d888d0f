package dev.parley.ports;

/** Lengths in UTF-8 without encoding. */
final class Utf8 {

  private Utf8() {}

  /**
   * The number of bytes of a text in UTF-8; a lone surrogate counts as its replacement, one byte.
   */
  static int length(String text) {
    var bytes = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 1;
      }
    }
    return bytes;
  }
}
