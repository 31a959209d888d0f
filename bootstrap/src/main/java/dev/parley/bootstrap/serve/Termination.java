package dev.parley.bootstrap.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The end of a process that is told to end, by SIGTERM or Ctrl-C. It ends once it has put things in
 * order, with the code of a process that did what it was asked.
 */
final class Termination {

  private final CountDownLatch told = new CountDownLatch(1);
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  private Termination() {}

  /** Lets this process end in order from now on. */
  static Termination inOrder() {
    var termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::end, "end"));
    return termination;
  }

  /** Waits until the process is told to end. */
  void await() throws InterruptedException {
    told.await();
  }

  /** All is in order: the process may end. Only the first code counts. */
  void ended(int exitCode) {
    code.complete(exitCode);
  }

  private void end() {
    if (code.isDone()) {
      // It ends by itself, with a code of its own.
      return;
    }
    told.countDown();
    Runtime.getRuntime().halt(code.join());
  }
}
