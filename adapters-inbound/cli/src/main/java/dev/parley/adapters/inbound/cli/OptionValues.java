package dev.parley.adapters.inbound.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in a person's words what they have to be. */
public final class OptionValues {

  private OptionValues() {}

  /** Lets a program read whole numbers this way; its subcommands have to be there already. */
  public static void readWholeNumbers(CommandLine program) {
    ITypeConverter<Integer> number = text -> wholeNumber(text, Integer::valueOf);
    ITypeConverter<Long> longNumber = text -> wholeNumber(text, Long::valueOf);
    program.registerConverter(int.class, number);
    program.registerConverter(Long.class, longNumber);
  }

  /** Lets a program read the words of an enum, which are its names in lower case. */
  public static <E extends Enum<E>> void readWords(CommandLine program, Class<E> type) {
    program.registerConverter(type, text -> oneOf(type, text));
  }

  private static <N> N wholeNumber(String text, ITypeConverter<N> parser) throws Exception {
    try {
      return parser.convert(text);
    } catch (NumberFormatException _) {
      throw new TypeConversionException(
          text.matches("[+-]?\\d+")
              ? "%s is too large".formatted(text)
              : "'%s' is not a whole number".formatted(text));
    }
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")))));
  }
}
