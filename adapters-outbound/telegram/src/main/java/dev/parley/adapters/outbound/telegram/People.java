package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.participant.Handle;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.User;

/**
 * Accounts of people under the handles they go by: the username where there is one, else what of
 * the first name can be a handle.
 */
final class People {

  private People() {}

  /**
   * A person.
   *
   * @param username without the {@code @}; null when the person has none
   */
  record Person(long account, String handle, @Nullable String username, String firstName) {

    static Person of(User user) {
      var username = user.getUserName();
      var first = user.getFirstName() == null ? "" : user.getFirstName();
      return new Person(user.getId(), handleOf(user.getId(), username, first), username, first);
    }
  }

  private static String handleOf(long account, @Nullable String username, String first) {
    if (username != null && Handle.isHandle(username)) {
      return username;
    }
    var name = sound(username == null ? first : username);
    return name.isEmpty() ? "user-" + account : name;
  }

  /** What of a name can be a handle; empty when nothing can. */
  static String sound(String name) {
    var folded = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> folded.append(c < 128 && Handle.isInner((char) c) ? (char) c : '-'));
    var start = 0;
    while (start < folded.length() && !Handle.isEdge(folded.charAt(start))) {
      start++;
    }
    var end = Math.min(folded.length(), start + Handle.MAX_LENGTH);
    return Handle.longestAt(folded.substring(0, end), start);
  }

  /** Remembers a person, under the latest name. */
  static void remember(Connection connection, Person person) throws SQLException {
    Sql.run(
        connection,
        "INSERT OR REPLACE INTO people(account, handle, username, first_name) VALUES (?, ?, ?, ?)",
        person.account(),
        person.handle(),
        person.username(),
        person.firstName());
  }

  /** The account of a handle; null when nobody of that name was seen. */
  static @Nullable String accountOf(Connection connection, Handle handle) throws SQLException {
    return Sql.text(
        connection,
        "SELECT account FROM people WHERE handle = ? ORDER BY username IS NULL, account DESC",
        handle.value());
  }

  /** Those who can only be mentioned by their account, by handle in lower case. */
  static Map<String, Person> withoutUsername(Connection connection) throws SQLException {
    var people = new HashMap<String, Person>();
    var sql = "SELECT account, handle, first_name FROM people WHERE username IS NULL";
    try (var query = Sql.prepared(connection, sql);
        var row = query.executeQuery()) {
      while (row.next()) {
        var person = new Person(row.getLong(1), row.getString(2), null, row.getString(3));
        people.put(OutgoingText.folded(person.handle()), person);
      }
    }
    return people;
  }
}
