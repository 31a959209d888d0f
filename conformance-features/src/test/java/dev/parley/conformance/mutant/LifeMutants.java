package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What can be broken in opening and closing. */
public final class LifeMutants {

  private LifeMutants() {}

  /** All of them. */
  public static List<Mutant> all() {
    return List.of(new LeaksAThread(), new LeaksAConnection(), new SaysNothingUseful());
  }

  /** Keeps a thread for every backend that was ever opened. */
  public static final class LeaksAThread extends Mutant {
    @Override
    public Law breaks() {
      return Law.S17;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      Thread.startVirtualThread(() -> {
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.park();
        }
      });
      return sound;
    }
  }

  /** Opens two connections and closes one. */
  public static final class LeaksAConnection extends Mutant {
    @Override
    public Law breaks() {
      return Law.S17;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      var _ = new ReferencePlugin().open(config, self);
      return sound;
    }
  }

  /** Shows what the library said. */
  public static final class SaysNothingUseful extends Mutant {
    @Override
    public Law breaks() {
      return Law.S18;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          try {
            return super.fetchRecent(topic, window);
          } catch (BackendException.Unavailable e) {
            throw new BackendException.Unavailable(
                "java.net.ConnectException: Connection refused", null, e);
          }
        }
      };
    }
  }
}
