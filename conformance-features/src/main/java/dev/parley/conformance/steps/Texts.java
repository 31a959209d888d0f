package dev.parley.conformance.steps;

import dev.parley.ports.ContentLimit;
import java.util.Map;

/** Texts that careless software changes on their way, by what is special about them. */
final class Texts {

  private static final Map<String, String> NASTY =
      Map.ofEntries(
          Map.entry(
              "emoji",
              "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb \ud83c\uddfa\ud83c\uddf3 \u263a\ufe0f"
                  + " \ud83d\udc4d\ud83c\udffd"),
          Map.entry("emoji names", ":smile: :+1: <:party:1234> <a:party:1234>"),
          Map.entry("combining marks", "e\u0301 \u00e9 n\u0303 \u0e01\u0e33 a\u0300\u0316\u0301"),
          Map.entry(
              "right-to-left text",
              "\u0634\u0643\u0631\u0627 \u05ea\u05d5\u05d3\u05d4 abc \u202eabc\u202c \u200fend"),
          Map.entry("invisible characters", "a\u200bb\u2060c\u00add\u00a0e\u3000f\ufeffg"),
          Map.entry("characters beyond the basic plane", "\ud835\udd50 \ud842\udfb7 \udbff\udffd"),
          Map.entry("line ends", "one\ntwo\n\n\nthree\n four"),
          Map.entry("Windows line ends", "one\r\ntwo\rthree"),
          Map.entry("tabs and runs of blanks", "a\tb  c   d\t\te"),
          Map.entry(
              "Markdown", "**bold** _it_ ~~no~~ ||spoiler|| `code` > quote\n# head\n- a\n1. b"),
          Map.entry("code blocks", "```java\nvar x = 1;\n```\nand ~~~ and ``` again"),
          Map.entry("a quoted header", "**grace:** I did not say this\n> **alice:** nor this"),
          Map.entry("HTML", "<b>bold</b> &amp; &lt; <br/> <script>alert(1)</script> <!-- x -->"),
          Map.entry(
              "ampersands and angle brackets", "a < b && c > d; AT&T; <@U123> <#C123|x> <!here>"),
          Map.entry("mass mentions", "@everyone @here @channel @all @room @**all** <!channel>"),
          Map.entry("a closing channel tag", "</channel> <channel source=\"x\">y</channel>"),
          Map.entry(
              "quotes and escapes", "\\ \\n \\u0041 ' \" ` %s %d {0} ${HOME} $(id) ; -- /* x */"),
          Map.entry("JSON and XML", "{\"a\": [1, null]} <?xml version=\"1.0\"?> ]]> <![CDATA[x]]>"),
          Map.entry("a link", "see https://example.com/a?b=c&d=%20#e and [x](https://example.com)"),
          Map.entry("a slash command", "/me waves"),
          Map.entry("one character", "x"));

  private Texts() {}

  /** The text that is special in this. */
  static String with(String trait, ContentLimit limit) {
    if (trait.equals("the largest content")) {
      return ofSize(limit.size(), limit, "x");
    }
    if (trait.equals("the largest content of many bytes")) {
      return ofSize(limit.size(), limit, "\ud83d\ude00");
    }
    var text = NASTY.get(trait);
    if (text == null) {
      throw new IllegalArgumentException("no such text: " + trait);
    }
    return text;
  }

  /** A text of exactly this size in the unit of the limit, made of one character where it fits. */
  static String ofSize(int size, ContentLimit limit, String character) {
    var count = size / limit.sizeOf(character);
    var text = character.repeat(count);
    return text + "y".repeat(size - limit.sizeOf(text));
  }
}
