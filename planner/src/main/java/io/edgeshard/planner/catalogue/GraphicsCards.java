package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.cluster.PowerDraw;
import java.util.List;

/**
 * Graphics cards, without the computer around them. Float16 rates are with float32 sums; watts are
 * the board's limit, and about what an idle card of the kind draws; usable memory is assumed, where
 * not said otherwise.
 */
final class GraphicsCards {
  static final List<CatalogueDevice> ALL =
      List.of(
          new CatalogueDevice(
              "rtx-3060",
              "NVIDIA RTX 3060 12 GB",
              DeviceMemory.gib(12, 11, 360),
              PeakRates.tera(12.7, 25.5, 102),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(170, 12),
              "NVIDIA Ampere white paper: 3584 cores at 1.78 GHz, 192-bit GDDR6 at 15 Gbit/s"),
          new CatalogueDevice(
              "rtx-3090",
              "NVIDIA RTX 3090 24 GB",
              DeviceMemory.gib(24, 22, 936),
              PeakRates.tera(35.6, 71, 284),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(350, 25),
              "NVIDIA Ampere white paper: 10496 cores at 1.695 GHz (36 TFLOPS in the paper's table"
                  + " III), 384-bit GDDR6X at 19.5 Gbit/s; 22 GiB usable as in the lab's latency"
                  + " script"),
          new CatalogueDevice(
              "rtx-4060",
              "NVIDIA RTX 4060 8 GB",
              DeviceMemory.gib(8, 7.2, 272),
              PeakRates.tera(15.1, 30.2, 121),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(115, 10),
              "NVIDIA Ada white paper: 3072 cores at 2.46 GHz, 128-bit GDDR6 at 17 Gbit/s"),
          new CatalogueDevice(
              "rtx-4090",
              "NVIDIA RTX 4090 24 GB",
              DeviceMemory.gib(24, 22.5, 1008),
              PeakRates.tera(82.6, 165, 661),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(450, 20),
              "NVIDIA Ada white paper: 16384 cores at 2.52 GHz, 384-bit GDDR6X at 21 Gbit/s"),
          new CatalogueDevice(
              "nvidia-l4",
              "NVIDIA L4 24 GB",
              DeviceMemory.gib(24, 22, 300),
              PeakRates.tera(30.3, 121, 242),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(72, 16),
              "NVIDIA data sheet: 7424 cores at 2.04 GHz, 192-bit GDDR6 at 12.5 Gbit/s"),
          new CatalogueDevice(
              "rx-7900-xtx",
              "AMD Radeon RX 7900 XTX 24 GB",
              DeviceMemory.gib(24, 22.5, 960),
              PeakRates.tera(61.4, 122.8, 122.8),
              Calibration.CARD_BANDWIDTH,
              new PowerDraw(355, 15),
              "AMD product page: 6144 dual-issue units at 2.5 GHz, 384-bit GDDR6 at 20 Gbit/s"));

  private GraphicsCards() {}
}
