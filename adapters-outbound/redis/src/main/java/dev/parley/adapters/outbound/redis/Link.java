package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.RedisSettings.Login;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection to one server; for use by one thread, but any may close it. */
final class Link extends Connection {

  private static final String CLIENT_NAME = "parley";

  private final Address address;
  private final OneSocket socket;
  private final JedisClientConfig config;

  private Link(Address address, OneSocket socket, JedisClientConfig config) {
    super(Connection.builder().socketFactory(socket).clientConfig(config));
    this.address = address;
    this.socket = socket;
    this.config = config;
  }

  /**
   * A connection that is not open yet.
   *
   * @param timeout for a reply; opening has to be quicker, so that there is time to say why not
   */
  static Link to(Address address, Login login, @Nullable Tls tls, int database, Duration timeout) {
    var config =
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false)
            .user(login.username())
            .password(login.password())
            .database(database)
            .clientName(CLIENT_NAME)
            .socketTimeoutMillis(Math.toIntExact(timeout.toMillis()))
            .build();
    return new Link(
        address, new OneSocket(address, tls, timeout.multipliedBy(2).dividedBy(3)), config);
  }

  Address address() {
    return address;
  }

  /** Opens the connection, logs in, and asks who is there. */
  Greeting open() {
    initializeFromClientConfig(config);
    var greeting = Greeting.of(ask(List.of(new CommandArguments(Command.HELLO))).getFirst());
    setSoTimeout(config.getSocketTimeoutMillis());
    return greeting;
  }

  /** Sends commands in one go. */
  void send(List<CommandArguments> commands) {
    commands.forEach(this::sendCommand);
  }

  /** The next replies; an error is an element. */
  List<@Nullable Object> replies(int count) {
    return new ArrayList<@Nullable Object>(getMany(count));
  }

  /** Sends commands in one go and reads their replies. */
  List<@Nullable Object> ask(List<CommandArguments> commands) {
    send(commands);
    return replies(commands.size());
  }

  /** The reply to one command; an error is thrown. */
  @Nullable Object ask(CommandArguments command) {
    var reply = ask(List.of(command)).getFirst();
    if (reply instanceof JedisDataException error) {
      throw error;
    }
    return reply;
  }

  @Override
  protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
    return Replies.read(in);
  }

  @Override
  public void close() {
    socket.close();
  }
}
