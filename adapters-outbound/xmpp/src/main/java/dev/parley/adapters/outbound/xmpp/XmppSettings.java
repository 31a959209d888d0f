package dev.parley.adapters.outbound.xmpp;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * The checked settings of one account.
 *
 * @param service where to connect; null to ask the DNS for the domain's servers
 * @param nick the name in rooms; null for the handle
 * @param roomPrefix what the rooms of topics begin with
 * @param bridgeAccounts whose word it is that somebody is an agent, the own account among them
 */
record XmppSettings(
    @Nullable ServiceAddress service,
    DomainBareJid domain,
    DomainBareJid mucService,
    EntityBareJid account,
    String password,
    @Nullable Resourcepart nick,
    boolean encrypted,
    @Nullable Path trustStore,
    String roomPrefix,
    Set<EntityBareJid> bridgeAccounts,
    Duration timeout) {

  static final Setting SERVICE =
      Setting.optional(
              "service",
              new Setting.Url(),
              null,
              "where to connect, as xmpp://HOST:PORT; without it the DNS is asked for the domain's"
                  + " server")
          .asSecret();
  static final Setting DOMAIN =
      Setting.optional(
          "domain",
          new Setting.Text(),
          null,
          "the domain of the account; without it the part of username after the @, else the host");
  static final Setting MUC_SERVICE =
      Setting.optional(
          "muc_service",
          new Setting.Text(),
          null,
          "the service with the rooms; without it conference.DOMAIN");
  static final Setting USERNAME =
      Setting.optional("username", new Setting.Text(), null, "the account: NAME, or NAME@DOMAIN");
  static final Setting PASSWORD =
      Setting.optional("password", new Setting.Text(), null, "the password of the account")
          .asSecret();
  static final Setting NICK =
      Setting.optional(
          "nick", new Setting.Text(), null, "the name shown in rooms; without it the handle");
  static final Setting TLS =
      Setting.optional(
          "tls",
          new Setting.OneOf(List.of("required", "none")),
          null,
          "whether to insist on TLS: required, or none; without it none on loopback, else"
              + " required");
  static final Setting TRUST_STORE =
      Setting.optional(
          "trust_store",
          new Setting.FilePath(),
          null,
          "certificates that vouch for the server, in PEM; without it those the system trusts");
  static final Setting ROOM_PREFIX =
      Setting.optional(
          "room_prefix",
          new Setting.Text(),
          null,
          "what the rooms of topics begin with: PREFIX followed by the topic; without it nothing");
  static final Setting BRIDGE_ACCOUNTS =
      Setting.optional(
          "bridge_accounts",
          new Setting.TextList(),
          null,
          "further accounts that bridges post with, as NAME@DOMAIN: who posts with them is an"
              + " agent");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          SERVICE,
          DOMAIN,
          MUC_SERVICE,
          USERNAME,
          PASSWORD,
          NICK,
          TLS,
          TRUST_STORE,
          ROOM_PREFIX,
          BRIDGE_ACCOUNTS,
          Setting.REQUEST_TIMEOUT);

  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);
  private static final String PREFIX_FORM = "[a-z0-9._-]{1,64}";

  /** Part of an address, whose form is checked when it is made. */
  private interface Part<T> {
    T of(String text) throws XmppStringprepException;
  }

  static XmppSettings from(BackendConfig config) {
    var service = config.text(SERVICE.name()).map(ServiceAddress::of).orElse(null);
    var username = needed(config, USERNAME, service == null ? null : service.user());
    var domain =
        config
            .text(DOMAIN.name())
            .or(() ->
                username.indexOf('@') < 0
                    ? Optional.empty()
                    : Optional.of(username.substring(username.indexOf('@') + 1)))
            .orElseGet(() -> domainOf(service));
    var domainJid = checked(DOMAIN, domain, JidCreate::domainBareFrom);
    var account =
        checked(
            USERNAME,
            username,
            text ->
                text.indexOf('@') < 0
                    ? JidCreate.entityBareFrom(Localpart.from(text), domainJid)
                    : JidCreate.entityBareFrom(text));
    return new XmppSettings(
        service,
        domainJid,
        checked(
            MUC_SERVICE,
            config.text(MUC_SERVICE.name()).orElse("conference." + domain),
            JidCreate::domainBareFrom),
        account,
        needed(config, PASSWORD, service == null ? null : service.password()),
        config.text(NICK.name()).map(text -> checked(NICK, text, Resourcepart::from)).orElse(null),
        isEncrypted(config, service),
        config.path(TRUST_STORE.name()).orElse(null),
        prefix(config),
        bridges(config, account),
        config.requestTimeout());
  }

  private static String needed(BackendConfig config, Setting setting, @Nullable String inAddress) {
    return config
        .text(setting.name())
        .or(() -> Optional.ofNullable(inAddress))
        .orElseThrow(() ->
            Misconfigured.of(setting.name(), "is missing: set it to %s".formatted(setting.help())));
  }

  private static String domainOf(@Nullable ServiceAddress service) {
    if (service == null) {
      throw Misconfigured.of(
          DOMAIN.name(), "is missing: set it to the domain of the account, as in username@DOMAIN");
    }
    return service.host();
  }

  private static <T> T checked(Setting setting, String text, Part<T> part) {
    try {
      return part.of(text);
    } catch (XmppStringprepException | IllegalArgumentException malformed) {
      throw Misconfigured.of(
          setting.name(),
          "is '%s', which is no address of XMPP: correct it".formatted(text),
          malformed);
    }
  }

  private static boolean isEncrypted(BackendConfig config, @Nullable ServiceAddress service) {
    return config
        .text(TLS.name())
        .map(word -> !word.equalsIgnoreCase("none"))
        .orElse(
            service == null
                || !service.isLoopback()
                || config.path(TRUST_STORE.name()).isPresent());
  }

  private static String prefix(BackendConfig config) {
    var prefix = config.text(ROOM_PREFIX.name()).orElse("");
    if (!prefix.isEmpty() && !prefix.matches(PREFIX_FORM)) {
      throw Misconfigured.of(
          ROOM_PREFIX.name(),
          "is '%s'; it may hold small letters, digits, '.', '_' and '-' only".formatted(prefix));
    }
    return prefix;
  }

  private static Set<EntityBareJid> bridges(BackendConfig config, EntityBareJid own) {
    var accounts = new HashSet<EntityBareJid>();
    accounts.add(own);
    for (var text : config.texts(BRIDGE_ACCOUNTS.name())) {
      accounts.add(checked(BRIDGE_ACCOUNTS, text, JidCreate::entityBareFrom));
    }
    return Set.copyOf(accounts);
  }

  /** Where the server is, as a person reads it. */
  String server() {
    return service == null ? domain.toString() : service.toString();
  }

  /** Where the topics are. */
  String place() {
    return "%s%s on %s"
        .formatted(roomPrefix.isEmpty() ? "" : roomPrefix + "*@", mucService, server());
  }

  /** How long one step of making a connection may take. */
  Duration attempt() {
    var most = timeout.multipliedBy(2).dividedBy(3);
    return most.compareTo(LONGEST_ATTEMPT) < 0 ? most : LONGEST_ATTEMPT;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s at %s".formatted(account, server());
  }
}
