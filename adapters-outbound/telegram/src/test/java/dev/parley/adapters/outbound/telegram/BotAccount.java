package dev.parley.adapters.outbound.telegram;

/** A bot of the double: its account, its token, and what waits for it. */
final class BotAccount {

  final Account account;
  final String token;
  final UpdateQueue updates = new UpdateQueue();
  volatile boolean readsAll = true;
  volatile String webhook = "";

  BotAccount(Account account, String token) {
    this.account = account;
    this.token = token;
  }
}
