package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.telegram.People.Person;
import dev.parley.domain.message.Mentions;
import dev.parley.domain.participant.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;

/**
 * A post as people see it: the handle in bold, a colon, the content as it is. Entities mark the
 * bold and the mentions, so that nothing in the content is ever read as markup.
 *
 * @param text what is sent
 * @param entities what in it is more than text
 */
record OutgoingText(String text, List<MessageEntity> entities) {

  /** What stands between the handle and the content. */
  static final String AFTER_HANDLE = ": ";

  private static final String MARK = "\0";

  /**
   * The text of a post.
   *
   * @param byAccount those who have no username, by handle in lower case: Telegram makes a mention
   *     of a username by itself
   */
  static OutgoingText of(Handle handle, String content, Map<String, Person> byAccount) {
    var header = handle.value() + AFTER_HANDLE;
    var entities = new ArrayList<MessageEntity>();
    entities.add(
        MessageEntity.builder().type("bold").offset(0).length(header.length() - 1).build());
    if (!byAccount.isEmpty()) {
      addMentions(entities, header.length(), content, byAccount);
    }
    return new OutgoingText(header + content, entities);
  }

  static String folded(String handle) {
    return handle.toLowerCase(Locale.ROOT);
  }

  // The one rule for mentions finds them; content holds no NUL, so one can mark each.
  private static void addMentions(
      List<MessageEntity> entities, int start, String content, Map<String, Person> byAccount) {
    var marked =
        Mentions.rewrite(
            content, name -> byAccount.containsKey(folded(name)) ? MARK + "@" + name : null);
    var marks = 0;
    for (var at = marked.indexOf(MARK); at >= 0; at = marked.indexOf(MARK, at + 1)) {
      var name = Handle.longestAt(marked, at + 2);
      var person = byAccount.get(folded(name));
      if (person != null) {
        entities.add(mention(start + at - marks, name.length() + 1, person));
      }
      marks++;
    }
  }

  private static MessageEntity mention(int offset, int length, Person person) {
    var user =
        User.builder().id(person.account()).firstName(person.firstName()).isBot(false).build();
    return MessageEntity.builder()
        .type("text_mention")
        .offset(offset)
        .length(length)
        .user(user)
        .build();
  }
}
