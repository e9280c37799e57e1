package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.cluster.PowerDraw;
import java.util.List;

/**
 * Single-board computers, laptops and desktops on their own cores, and Apple's chips on their
 * graphics cores, which multiply 8-bit integers and float16 no faster than float32. Watts of
 * computers are those of the whole machine, assumed.
 */
final class Computers {
  private static final String APPLE_SOURCE =
      "Apple's specifications for memory and its rate; graphics cores x 128 units x clock; watts"
          + " about as Apple states for the desktop with the chip, idle and at most";

  static final List<CatalogueDevice> ALL =
      List.of(
          new CatalogueDevice(
              "raspberry-pi-5",
              "Raspberry Pi 5 8 GB",
              DeviceMemory.shared(8, 17.1),
              PeakRates.tera(0.154, 0.307, 0.614),
              Calibration.CORES_BANDWIDTH,
              new PowerDraw(11, 3),
              "4 Cortex-A76 at 2.4 GHz, two 128-bit multiply-adds a cycle; 32-bit LPDDR4X-4267"),
          new CatalogueDevice(
              "mini-pc-n100",
              "Mini PC with Intel N100, 16 GB",
              DeviceMemory.shared(16, 38.4),
              PeakRates.tera(0.186, 0.186, 0.742),
              Calibration.CORES_BANDWIDTH,
              new PowerDraw(20, 6),
              "4 Gracemont cores at 2.9 GHz, two 128-bit multiply-adds a cycle, VNNI; one channel"
                  + " of DDR5-4800"),
          new CatalogueDevice(
              "laptop-4-core",
              "Laptop with 4 cores and DDR4, 16 GB",
              DeviceMemory.shared(16, 51.2),
              PeakRates.tera(0.384, 0.384, 1.54),
              Calibration.CORES_BANDWIDTH,
              new PowerDraw(28, 5),
              "as Core i5-1135G7: 4 cores at 3.0 GHz sustained, two 256-bit multiply-adds a cycle,"
                  + " VNNI; two channels of DDR4-3200"),
          new CatalogueDevice(
              "laptop-8-core",
              "Laptop with 8 cores and DDR5, 32 GB",
              DeviceMemory.shared(32, 89.6),
              PeakRates.tera(0.973, 0.973, 3.89),
              Calibration.CORES_BANDWIDTH,
              new PowerDraw(45, 6),
              "as Ryzen 7 7840U: 8 cores at 3.8 GHz sustained, two 256-bit multiply-adds a cycle,"
                  + " VNNI; two channels of DDR5-5600"),
          new CatalogueDevice(
              "desktop-8-core",
              "Desktop with 8 cores and DDR5, 64 GB",
              DeviceMemory.shared(64, 83.2),
              PeakRates.tera(1.28, 1.28, 5.12),
              Calibration.CORES_BANDWIDTH,
              new PowerDraw(120, 40),
              "as Ryzen 7 7700X: 8 cores at 5.0 GHz, two 256-bit multiply-adds a cycle, VNNI; two"
                  + " channels of DDR5-5200"),
          new CatalogueDevice(
              "apple-m1",
              "Apple M1, 16 GB",
              DeviceMemory.shared(16, 68.3),
              PeakRates.tera(2.6, 2.6, 2.6),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(39, 7),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m1-max",
              "Apple M1 Max, 64 GB",
              DeviceMemory.shared(64, 409.6),
              PeakRates.tera(10.4, 10.4, 10.4),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(115, 10),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m2",
              "Apple M2, 16 GB",
              DeviceMemory.shared(16, 102.4),
              PeakRates.tera(3.6, 3.6, 3.6),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(50, 7),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m2-pro",
              "Apple M2 Pro, 32 GB",
              DeviceMemory.shared(32, 204.8),
              PeakRates.tera(6.8, 6.8, 6.8),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(100, 9),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m4",
              "Apple M4, 16 GB",
              DeviceMemory.shared(16, 120),
              PeakRates.tera(4.0, 4.0, 4.0),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(65, 4),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m4-pro",
              "Apple M4 Pro, 48 GB",
              DeviceMemory.shared(48, 273),
              PeakRates.tera(8.1, 8.1, 8.1),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(140, 5),
              APPLE_SOURCE),
          new CatalogueDevice(
              "apple-m4-max",
              "Apple M4 Max, 64 GB",
              DeviceMemory.shared(64, 546),
              PeakRates.tera(16.1, 16.1, 16.1),
              Calibration.APPLE_BANDWIDTH,
              new PowerDraw(145, 9),
              APPLE_SOURCE));

  private Computers() {}
}
