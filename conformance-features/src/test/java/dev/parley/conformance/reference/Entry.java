package dev.parley.conformance.reference;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import java.util.List;

/**
 * What a journal holds at one place of a topic.
 *
 * @param seq the place, counted over the whole store from 1
 * @param account the account behind the sender, empty for none
 * @param time when it was stored, milliseconds since 1970
 * @param parent the id of the message it answers, empty for none
 */
record Entry(
    long seq,
    String topic,
    String sender,
    Sender.Kind kind,
    String account,
    long time,
    String parent,
    String content,
    Message.Condition condition) {

  /** About how many bytes of a page it takes. */
  int weight() {
    return content.length() + 200;
  }

  Entry changed(String newContent, Message.Condition newCondition) {
    return new Entry(seq, topic, sender, kind, account, time, parent, newContent, newCondition);
  }

  List<Object> fields() {
    return List.of(seq, topic, sender, kind, account, time, parent, content, condition);
  }

  static Entry of(List<String> fields) {
    return new Entry(
        Long.parseLong(fields.get(0)),
        fields.get(1),
        fields.get(2),
        Sender.Kind.valueOf(fields.get(3)),
        fields.get(4),
        Long.parseLong(fields.get(5)),
        fields.get(6),
        fields.get(7),
        Message.Condition.valueOf(fields.get(8)));
  }
}
