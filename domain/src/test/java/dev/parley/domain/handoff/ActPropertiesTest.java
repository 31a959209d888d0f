package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ActPropertiesTest {

  private static final Pattern RULE =
      Pattern.compile(
          "[#!](handoff|claim|progress|done|decline|release|cancel)[\\t\\p{Zs}]+(ho-[a-z0-9]{1,32})(?![\\p{L}\\p{Nd}_-]).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Property
  void any_act_line_is_found_in_any_noise_behind_it(
      @ForAll("actLines") String line, @ForAll("noise") String noise) {
    assertThat(Act.in(line + " " + noise)).isPresent();
    assertThat(Act.in(line + "\n" + noise)).isPresent();
  }

  @Property
  void no_act_line_is_found_behind_any_noise(
      @ForAll("actLines") String line, @ForAll("noise") String noise) {
    assertThat(Act.in("x" + noise + "\n" + line)).isEmpty();
    assertThat(Act.in("\n" + noise + "\n" + line)).isEmpty();
    assertThat(Act.in("> " + line + noise)).isEmpty();
    assertThat(Act.in("```" + noise + "\n" + line + "\n```")).isEmpty();
  }

  @Property(tries = 5_000)
  void the_reader_agrees_with_the_rule_written_as_a_pattern(@ForAll("nearlyActs") String content) {
    var rule = RULE.matcher(content);
    var act = Act.in(content);
    assertThat(act.isPresent()).isEqualTo(rule.matches());
    act.ifPresent(found -> {
      assertThat(found.word()).isEqualTo(rule.group(1).toLowerCase(Locale.ROOT));
      assertThat(found.id()).isEqualTo(new HandOffId(rule.group(2)));
    });
  }

  @Property
  void nothing_makes_the_reader_fail(
      @ForAll List<Character> chars, @ForAll("actLines") String line) {
    var noise = chars.stream().map(String::valueOf).collect(Collectors.joining());
    assertThat(Act.in(noise)).isNotNull();
    assertThat(Act.in(line + noise)).isNotNull();
    assertThat(Act.in("#handoff ho-1 @" + noise)).isNotNull();
  }

  @Property(tries = 5_000)
  void an_act_reads_back_as_it_was_written(@ForAll("nearlyActs") String content) {
    Act.in(content).ifPresent(act -> assertThat(Act.in(act.content())).contains(act));
  }

  @Provide
  Arbitrary<String> actLines() {
    var sigil = Arbitraries.of("#", "!");
    var word =
        Arbitraries.of(
            "handoff", "Claim", "PROGRESS", "done", "dEcLiNe", "release", "cancel", "HandOff");
    var blank = Arbitraries.of(" ", "\t", "  ", "\u00a0");
    var id = Arbitraries.of("ho-7q2k4m", "HO-7Q2K4M", "ho-1", "ho-fix01");
    return Combinators.combine(sigil, word, blank, id)
        .as((first, second, third, fourth) -> first + second + third + fourth);
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of(
            "#claim ho-1",
            "```",
            "> ",
            "@coder",
            "\n",
            "\r",
            " ",
            "*",
            "\ud83d\ude00",
            "\ud83d",
            "\0",
            "x")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> nearlyActs() {
    var parts =
        Arbitraries.of(
            "#", "!", "handoff", "claim", "Done", "release", " ", "\t", "\u00a0", "\n", "ho-",
            "HO-", "7q2k4m", "A", "@", "coder", ",", ":", "-", "_", "\u00fc", "\u212a");
    var begun =
        Arbitraries.of("#", "#claim", "!claim ho-", "#handoff ho-7q", "#handoff ho-1 @co", "");
    return Combinators.combine(begun, parts.list().ofMaxSize(7))
        .as((beginning, rest) -> beginning + String.join("", rest));
  }
}
