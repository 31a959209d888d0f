package dev.parley.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is one sentence with file, line, key, what was found and what is allowed. */
class ConfigurationMistakesTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "s3cr3t-token", "EMPTY", "");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "keys",
    "types",
    "ranges",
    "texts",
    "combinations",
    "backends",
    "references",
    "forms"
  })
  void a_mistake_is_one_clear_sentence(String yaml, String sentence) throws IOException {
    assertThat(mistakesIn(yaml.replace("; ", "\n"))).containsExactly(sentence);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        row(
            "topcs: [a]",
            "1: topcs is not a known key, did you mean topics? known here: backend, instance_id,"
                + " state_path, topics, post_topics, identity, catchup, live_push, presence, http,"
                + " auth, backend_config"),
        row(
            "topics: [a]; handle: coder",
            "2: handle is not a known key, did you mean identity.handle? known here: backend,"
                + " instance_id, state_path, topics, post_topics, identity, catchup, live_push,"
                + " presence, http, auth, backend_config"),
        row(
            "topics: [a]; catchup: { limits: 5 }",
            "2: catchup.limits is not a known key, did you mean catchup.limit? known here:"
                + " on_start, limit, block_max_ms"),
        row(
            "topics: [a]; identity: { zzz: 5 }",
            "2: identity.zzz is not a known key; known here: handle"),
        row(
            "topics: [a]; http: { tls: { crt: x } }",
            "2: http.tls.crt is not a known key, did you mean http.tls.cert? known here: cert,"
                + " key"),
        row(
            "topics: [a]; auth: { oidc: { isuer: x } }",
            "2: auth.oidc.isuer is not a known key, did you mean auth.oidc.issuer? known here:"
                + " issuer, audience, jwks_uri, required_scope, allowed_subjects,"
                + " allowed_usernames, required_role, clock_skew_s"),
        row(
            "topics: [a]; backend_config: { db_pth: x }",
            "2: backend_config.db_pth is not a known key, did you mean backend_config.db_path?"
                + " known here: db_path, retention_days, request_timeout_ms"),
        row(
            "topics: [a]; catchup:;   limit: 5;   limit: 6",
            "4: catchup.limit is given twice, first in line 3; keep one of them"),
        row(
            "topics: [a]; topics: [b]",
            "2: topics is given twice, first in line 1; keep one of them"),
        row(
            "topics: [a]; permissions: { skip: true }",
            "2: permissions.skip is not a known key; known here: none"));
  }

  static Stream<Arguments> types() {
    return Stream.of(
        row("topics: general", "1: topics is the text \"general\", but must be a list of texts"),
        row("topics: { a: b }", "1: topics is a map, but must be a list of texts"),
        row(
            "topics: [a, 7]",
            "1: topics[1] is the number 7, but must be a topic name: 1 to 512 characters, no blank"
                + " at either end, no control characters; put it in quotes"),
        row(
            "topics: [a]; identity: agent",
            "2: identity is the text \"agent\", but must be a map with the keys handle"),
        row(
            "topics: [a]; identity: { handle: 7 }",
            "2: identity.handle is the number 7, but must be a handle: a letter or digit at both"
                + " ends, only letters, digits, '.', '_' and '-' inside, at most 64 characters; put"
                + " it in quotes"),
        row(
            "topics: [a]; instance_id: true",
            "2: instance_id is true, but must be 1 to 128 characters, none of them a control"
                + " character; put it in quotes"),
        row(
            "topics: [a]; live_push: { enabled: \"true\" }",
            "2: live_push.enabled is the text \"true\", but must be true or false"),
        row(
            "topics: [a]; live_push: { enabled: 1 }",
            "2: live_push.enabled is the number 1, but must be true or false"),
        row(
            "topics: [a]; live_push: { enabled: yes }",
            "2: live_push.enabled is the text \"yes\", but must be true or false"),
        row(
            "topics: [a]; catchup: { limit: \"5\" }",
            "2: catchup.limit is the text \"5\", but must be a whole number from 1 to 1000"),
        row(
            "topics: [a]; catchup: { limit: 5.5 }",
            "2: catchup.limit is the number 5.5, but must be a whole number from 1 to 1000"),
        row(
            "topics: [a]; catchup: { limit: [5] }",
            "2: catchup.limit is a list, but must be a whole number from 1 to 1000"),
        row("topics: [a]; state_path: 5", "2: state_path is the number 5, but must be a file path"),
        row("topics: [a]; backend: 5", "2: backend is the number 5, but must be redis, sqlite"));
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        row(
            "topics: [a]; catchup: { limit: 0 }",
            "2: catchup.limit is the number 0, but must be a whole number from 1 to 1000"),
        row(
            "topics: [a]; catchup: { limit: 99999999999999999999999 }",
            "2: catchup.limit is the number 99999999999999999999999, but must be a whole number"
                + " from 1 to 1000"),
        row(
            "topics: [a]; http: { port: 65536 }",
            "2: http.port is the number 65536, but must be a whole number from 0 to 65535"),
        row(
            "topics: [a]; backend_config: { retention_days: -1 }",
            "2: backend_config.retention_days is the number -1, but must be a whole number, 1 or"
                + " more"),
        row(
            "topics: [a]; backend_config: { request_timeout_ms: 1 }",
            "2: backend_config.request_timeout_ms is the number 1, but must be a whole number from"
                + " 100 to 600000"),
        row(
            "topics: [a]; live_push: { max_per_minute: 0 }",
            "2: live_push.max_per_minute is the number 0, but must be a whole number from 1 to"
                + " 100000"));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        row(
            "topics: [a]; identity: { handle: \"-x\" }",
            "2: identity.handle is the text \"-x\", but must be a handle: a letter or digit at both"
                + " ends, only letters, digits, '.', '_' and '-' inside, at most 64 characters"),
        row(
            "topics: [\" a\"]",
            "1: topics[0] is the text \" a\", but must be a topic name: 1 to 512 characters, no"
                + " blank at either end, no control characters"),
        row(
            "topics: [\"\"]",
            "1: topics[0] is an empty text, but must be a topic name: 1 to 512 characters, no blank"
                + " at either end, no control characters"),
        row(
            "post_topics: [\"ctx-(\"]",
            "1: post_topics[0] is the text \"ctx-(\", but must be a regular expression in RE2"
                + " syntax of at most 512 characters (error parsing regexp: missing closing ):"
                + " `ctx-(`)"),
        row(
            "topics: [a]; live_push: { from: [\"a b\"] }",
            "2: live_push.from[0] is the text \"a b\", but must be a glob over handles or accounts,"
                + " such as 'coder' or 'team-*', without blanks"),
        row(
            "topics: [a]; http: { public_url: parley.example.com }",
            "2: http.public_url is the text \"parley.example.com\", but must be a URL such as"
                + " https://parley.example.com, without user, path, query and fragment"),
        row(
            "topics: [a]; http: { public_url: \"https://example.com/parley\" }",
            "2: http.public_url is the text \"https://example.com/parley\", but must be a URL such"
                + " as https://parley.example.com, without user, path, query and fragment"),
        row(
            "topics: [a]; http: { trusted_proxies: [10.0.0.0/33] }",
            "2: http.trusted_proxies[0] is the text \"10.0.0.0/33\", but must be an IP address or a"
                + " network such as 10.0.0.0/8"),
        row(
            "topics: [a]; auth: { mode: open }",
            "2: auth.mode is the text \"open\", but must be one of builtin, oidc, none"),
        row(
            "topics: [a]; http: { host: \" \" }",
            "2: http.host is an empty text, but must be text"));
  }

  static Stream<Arguments> combinations() {
    return Stream.of(
        row(
            "backend: sqlite",
            "1: topics and post_topics are both empty, so nothing could be read or posted; name at"
                + " least one topic, such as topics: [general]"),
        row("topics: [a, b, a]", "1: topics names 'a' twice; keep one of them"),
        row(
            "topics: [a, parley-presence]",
            "1: topics names 'parley-presence', but that topic is reserved for presence; remove it,"
                + " or set presence.topic to another one"),
        row(
            "topics: [a]; presence: { heartbeat_ms: 5000, ttl_ms: 5000 }",
            "2: presence.heartbeat_ms is 5000 and presence.ttl_ms is 5000, but the heartbeat must"
                + " be the shorter one, or this instance would count as gone between two beats"),
        row(
            "topics: [a]; live_push: { from: [] }",
            "2: live_push.from is empty, so nobody's messages would be pushed; name somebody, or"
                + " set live_push.enabled to false"),
        row(
            "topics: [a]; http: { tls: { cert: x.pem } }",
            "2: http.tls has only one of cert and key, but TLS needs both; add the other or remove"
                + " this one"),
        row(
            "topics: [a]; auth: { mode: oidc, oidc: { issuer: \"https://id.example.com\","
                + " required_role: r } }",
            "2: auth.mode is oidc, which needs auth.oidc.audience; set it"),
        row(
            "topics: [a]; auth: { mode: oidc, oidc: { audience: p, allowed_subjects: [s] } }",
            "2: auth.mode is oidc, which needs auth.oidc.issuer; set it"),
        row(
            "topics: [a]; auth: { mode: oidc, oidc: { issuer: \"http://id.example.com\", audience:"
                + " p, required_role: r } }",
            "2: auth.oidc.issuer is the text \"http://id.example.com\", but must be an https URL"
                + " such as https://id.example.com, or an http URL on a loopback address"),
        row(
            "topics: [a]; auth: { mode: oidc, oidc: { issuer: \"http://127.0.0.1:8080\", audience:"
                + " p, required_role: 5 } }",
            "2: auth.oidc.required_role is the number 5, but must be text; put it in quotes"),
        row(
            "topics: [a]; auth: { mode: oidc, oidc: { issuer: \"https://id.example.com\", audience:"
                + " p } }",
            "2: auth.mode is oidc, which needs to know who may enter; set"
                + " auth.oidc.allowed_subjects, auth.oidc.allowed_usernames or"
                + " auth.oidc.required_role"),
        row(
            "topics: [a]; auth: { mode: none }; http: { host: 0.0.0.0 }",
            "2: auth.mode is none while http.host is '0.0.0.0', but without authorization only a"
                + " loopback address is allowed; set http.host to 127.0.0.1 or choose another"
                + " mode"),
        row(
            "topics: [a]; auth: { mode: none }; http: { public_url: \"https://p.example.com\" }",
            "2: auth.mode is none while http.public_url is set, but without authorization the"
                + " server must not be public; remove the URL or choose another mode"));
  }

  static Stream<Arguments> backends() {
    return Stream.of(
        row(
            "topics: [a]; backend: sqlit",
            "2: backend is the text \"sqlit\", which is not a known backend, did you mean sqlite?"
                + " known backends: redis, sqlite"),
        row(
            "topics: [a]; backend: kafka",
            "2: backend is the text \"kafka\", which is not a known backend; known backends: redis,"
                + " sqlite"),
        row(
            "topics: [a]; backend: redis; backend_config: { watch: true }",
            "3: backend_config.url is missing, but must be a URL: where the server is"),
        row(
            "topics: [a]; backend: redis; backend_config: { ulr: u }",
            "3: backend_config.ulr is not a known key, did you mean backend_config.url? known here:"
                + " url, password, tls, servers, keys, watch, feed_wait_ms, request_timeout_ms"),
        row(
            "topics: [a]; backend: redis; backend_config: { url: u, password: 5 }",
            "3: backend_config.password is a secret that is not shown, but must be text; put it in"
                + " quotes"),
        row(
            "topics: [a]; backend: redis; backend_config: { url: u, tls: sometimes }",
            "3: backend_config.tls is the text \"sometimes\", but must be one of required, off"),
        row(
            "topics: [a]; backend: redis; backend_config: { url: u, keys: [x] }",
            "3: backend_config.keys is a list, but must be a map from text to text"),
        row(
            "topics: [a]; backend: redis; backend_config: { url: u, keys: { k: 5 } }",
            "3: backend_config.keys.k is a secret that is not shown, but must be text; put it in"
                + " quotes"),
        row(
            "topics: [a]; backend: redis; backend_config: { url: u, block_ms: 5, feed_wait_ms: 6 }",
            "3: backend_config.block_ms is the former name of backend_config.feed_wait_ms, and both"
                + " are given; keep backend_config.feed_wait_ms"));
  }

  static Stream<Arguments> references() {
    return Stream.of(
        row(
            "topics: [\"${ABSENT}\"]",
            "1: topics[0] refers to ${ABSENT}, but the environment variable ABSENT is not set; set"
                + " it or change the reference"),
        row(
            "topics: [a]; instance_id: \"x-${EMPTY}\"",
            "2: instance_id refers to ${EMPTY}, but the environment variable EMPTY is empty; set it"
                + " or change the reference"),
        row(
            "topics: [a]; instance_id: \"${no name}\"",
            "2: instance_id holds '${no name}', but a reference is ${NAME} with letters, digits and"
                + " '_'; write $${ for a plain ${"),
        row(
            "topics: [a]; state_path: \"file:state\"",
            "2: state_path is a path already; write it without 'file:'"),
        row(
            "topics: [\" ${TOKEN}\"]",
            "1: topics[0] is the text \" ${TOKEN}\", but must be a topic name: 1 to 512 characters,"
                + " no blank at either end, no control characters"));
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        row(
            "- a",
            "1: the file holds a list, but must be a map of keys such as 'topics: [general]'"),
        row(
            "topics: [a; b: c",
            "2: this is not valid YAML at column 2; check indentation, quotes, and that a blank"
                + " follows each colon"),
        row(
            "topics: &t [a]; post_topics: *t",
            "2: post_topics is a YAML alias, which is not read, but must be a list of texts"),
        row(
            "post_topics: [&t a]; topics: [*t]",
            "2: topics[0] is a YAML alias, which is not read, but must be a topic name: 1 to 512"
                + " characters, no blank at either end, no control characters"),
        row(
            "post_topics: &t [a]; topics: [b]; backend: redis; backend_config: { url: *t }",
            "4: backend_config.url is a YAML alias, which is not read, but must be a URL"),
        row(
            "topics: [a]; presence: &p { enabled: true }; live_push: *p",
            "3: live_push is a YAML alias, which is not read, but must be a map with the keys"
                + " enabled, mention_filter, from, max_per_minute"),
        row(
            "topics: [a]; instance_id: &b redis; backend: *b",
            "3: backend is a YAML alias, which is not read, but must be redis, sqlite"),
        row(
            "topics: [a]; ---; topics: [b]",
            "3: a second document begins here, but the file holds one"));
  }

  @Test
  void every_mistake_is_reported_in_the_order_of_the_file() throws IOException {
    assertThat(
            mistakesIn(
                """
                bakend: sqlite
                topics: [a]
                live_push:
                  enabled: 1
                  from: ["a b", "", "c"]
                catchup: { limit: 0, on_strt: true }
                backend_config: { db_path: 7 }
                """))
        .extracting(sentence -> sentence.replaceFirst(" (is|,).*", ""))
        .containsExactly(
            "parley.config.yaml:1: bakend",
            "parley.config.yaml:4: live_push.enabled",
            "parley.config.yaml:5: live_push.from[0]",
            "parley.config.yaml:5: live_push.from[1]",
            "parley.config.yaml:6: catchup.limit",
            "parley.config.yaml:6: catchup.on_strt",
            "parley.config.yaml:7: backend_config.db_path");
  }

  private static Arguments row(String yaml, String sentence) {
    return arguments(yaml, "parley.config.yaml:" + sentence);
  }

  private List<String> mistakesIn(String yaml) throws IOException {
    Files.writeString(folder.resolve("parley.config.yaml"), yaml);
    try {
      new ConfigurationReader(SamplePlugin.BOTH, ENVIRONMENT, folder).read(null, null);
      return List.of();
    } catch (ConfigurationRefused e) {
      return e.mistakes();
    }
  }
}
