package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.packaged.Installation.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the MCP inspector, which the authors of the protocol maintain. */
class InspectorIT {

  @TempDir Path folder;

  @Test
  void lists_the_tools() throws IOException, InterruptedException {
    var outcome = inspect("--method", "tools/list");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("parley_fetch_recent", "parley_post", "parley_reply", "parley_catch_up")
        .contains("outputSchema");
  }

  @Test
  void calls_every_tool() throws IOException, InterruptedException {
    assertThat(call("parley_post", "topic=talk", "content=from the inspector").out())
        .contains("backendMsgId");
    assertThat(call("parley_reply", "topic=talk", "content=and back").out())
        .contains("backendMsgId");
    assertThat(call("parley_fetch_recent", "topic=talk").out())
        .contains("from the inspector", "and back", "nextCursor");
    assertThat(call("parley_catch_up").out()).contains("topics");
  }

  @Test
  void lists_and_gets_the_prompts() throws IOException, InterruptedException {
    assertThat(succeeding("--method", "prompts/list").out()).contains("catch_up", "hand_off");
    assertThat(
            succeeding(
                    "--method",
                    "prompts/get",
                    "--prompt-name",
                    "hand_off",
                    "--prompt-args",
                    "topic=talk",
                    "goal=Add retry")
                .out())
        .contains("Goal: Add retry", "parley_list_users");
  }

  @Test
  void lists_and_reads_the_resources() throws IOException, InterruptedException {
    call("parley_post", "topic=talk", "content=for the record");

    assertThat(succeeding("--method", "resources/list").out())
        .contains("parley://topics", "parley://topics/talk");
    assertThat(succeeding("--method", "resources/templates/list").out())
        .contains("parley://topics/{topic}");
    assertThat(succeeding("--method", "resources/read", "--uri", "parley://topics/talk").out())
        .contains("for the record");
  }

  private Outcome succeeding(String... words) throws IOException, InterruptedException {
    var outcome = inspect(words);
    assertThat(outcome.exit()).as(outcome.err() + outcome.out()).isZero();
    return outcome;
  }

  private Outcome call(String tool, String... arguments) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("--method", "tools/call", "--tool-name", tool));
    for (var argument : arguments) {
      words.add("--tool-arg");
      words.add(argument);
    }
    return succeeding(words.toArray(String[]::new));
  }

  private Outcome inspect(String... words) throws IOException, InterruptedException {
    var installation = Installation.built(folder);
    var bin = Path.of(Installation.required("parley.peers"), "node_modules", ".bin");
    var command =
        new ArrayList<>(
            List.of(
                bin.resolve("node").toString(),
                bin.resolve("mcp-inspector").toRealPath().toString(),
                "--cli",
                installation.launcher().toString(),
                "serve",
                "-e",
                "PARLEY_CONFIG=" + installation.config("inspector")));
    command.addAll(List.of(words));
    return Installation.run(folder, command);
  }
}
