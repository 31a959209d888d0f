package dev.parley.adapters.outbound.telegram;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What happens to one call, before it has its effect or after. */
interface Mishap {

  /** Before the call has its effect; throwing keeps it from having any. */
  default void before() throws InterruptedException {}

  /** After the call had its effect, before it is answered; throwing is the answer. */
  default void after() throws InterruptedException {}

  /** The server fails before it does anything. */
  static Mishap failsBefore() {
    return new Mishap() {
      @Override
      public void before() {
        throw new ApiError(500, "Internal Server Error");
      }
    };
  }

  /** The server does it and fails then. */
  static Mishap failsAfter() {
    return new Mishap() {
      @Override
      public void after() {
        throw new ApiError(500, "Internal Server Error");
      }
    };
  }

  /** The server does it and says nothing until released. */
  static Mishap silentAfter(CountDownLatch released) {
    return new Mishap() {
      @Override
      public void after() throws InterruptedException {
        released.await();
      }
    };
  }

  /** The server asks to wait. */
  static Mishap tooMany(@Nullable Integer retryAfter) {
    return new Mishap() {
      @Override
      public void before() {
        throw ApiError.tooMany(retryAfter);
      }
    };
  }

  /** Something happens before the call has its effect. */
  static Mishap first(Runnable what) {
    return new Mishap() {
      @Override
      public void before() {
        what.run();
      }
    };
  }

  /** Something happens once the call had its effect. */
  static Mishap then(Runnable what) {
    return new Mishap() {
      @Override
      public void after() {
        what.run();
      }
    };
  }
}
