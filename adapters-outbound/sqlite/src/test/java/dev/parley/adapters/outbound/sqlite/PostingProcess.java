package dev.parley.adapters.outbound.sqlite;

import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import java.nio.file.Path;

/** Another process that posts and says each id as it gets it: {@code DATABASE WORD COUNT}. */
final class PostingProcess {

  private PostingProcess() {}

  public static void main(String[] arguments) {
    var count = Integer.parseInt(arguments[2]);
    try (var backend = Fixture.open(Path.of(arguments[0]))) {
      for (var n = 0; n < count; n++) {
        var content = arguments[1] + " " + n;
        var id = backend.post(Draft.of(new TopicName("ctx"), content));
        System.out.println(id + " " + content);
      }
    }
  }
}
