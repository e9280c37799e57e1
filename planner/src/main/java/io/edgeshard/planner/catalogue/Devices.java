package io.edgeshard.planner.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The devices of the catalogue. */
public final class Devices {
  private static final List<CatalogueDevice> ALL =
      Stream.of(Jetsons.ALL, GraphicsCards.ALL, Computers.ALL).flatMap(List::stream).toList();

  private Devices() {}

  /** All devices: Jetsons, graphics cards, computers. */
  public static List<CatalogueDevice> all() {
    return ALL;
  }

  /** The device of that name, if there is one. */
  public static Optional<CatalogueDevice> find(String name) {
    return ALL.stream().filter(device -> device.name().equals(name)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return ALL.stream().map(CatalogueDevice::name).toList();
  }
}
