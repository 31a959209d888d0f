package dev.parley.bootstrap.instance;

import dev.parley.adapters.inbound.cli.Seat;
import dev.parley.adapters.inbound.cli.SeatRefused;
import dev.parley.adapters.inbound.cli.Seats;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.domain.participant.Handle;
import org.jspecify.annotations.Nullable;

/** Gives a person a seat on the configured backend. */
public final class ConfiguredSeats implements Seats {

  @Override
  public Seat take(@Nullable String config, Handle handle) throws SeatRefused {
    try {
      var file = ConfigurationReader.ofThisProcess().read(config, null);
      var instance = Instance.ofPerson(file, handle);
      var can = instance.useCases();
      return new Seat(
          can.post(),
          can.fetch(),
          can.follow(),
          can.topics(),
          can.handOffWork(),
          can.handOffs(),
          can.users(),
          instance::close);
    } catch (ConfigurationRefused e) {
      throw new SeatRefused(String.valueOf(e.getMessage()));
    }
  }
}
