package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.cluster.PowerDraw;
import java.util.List;

/**
 * NVIDIA's Jetson modules. Integer and float16 rates are those of the GPU's tensor cores, dense:
 * 1024 and 512 operations per core and cycle; the deep-learning accelerators beside it are left
 * out.
 */
final class Jetsons {
  static final List<CatalogueDevice> ALL =
      List.of(
          new CatalogueDevice(
              "jetson-agx-orin",
              "Jetson AGX Orin 32 GB",
              DeviceMemory.gib(32, 29, 204.8),
              PeakRates.tera(3.33, 26.7, 53.3),
              Calibration.AGX_ORIN_BANDWIDTH,
              new PowerDraw(40, 9),
              "NVIDIA data sheet: 1792 CUDA and 56 tensor cores at 0.93 GHz (3.33 TFLOPS as the"
                  + " paper's table III), 256-bit LPDDR5 at 204.8 GB/s, 15 to 40 W; 29 GiB usable"
                  + " as in the lab's scripts; idle draw assumed"),
          new CatalogueDevice(
              "jetson-orin-nx",
              "Jetson Orin NX 16 GB",
              DeviceMemory.gib(16, 14, 102.4),
              PeakRates.tera(1.88, 15, 30.1),
              Calibration.SMALL_JETSON_BANDWIDTH,
              new PowerDraw(25, 6),
              "NVIDIA data sheet: 1024 CUDA and 32 tensor cores at 0.918 GHz (1.88 TFLOPS as the"
                  + " paper's table III), 128-bit LPDDR5 at 102.4 GB/s, 10 to 25 W; 14 GiB usable"
                  + " as in the lab's scripts; idle draw assumed"),
          new CatalogueDevice(
              "jetson-orin-nano",
              "Jetson Orin Nano 8 GB",
              DeviceMemory.gib(8, 6.5, 68.3),
              PeakRates.tera(1.28, 10.2, 20.5),
              Calibration.SMALL_JETSON_BANDWIDTH,
              new PowerDraw(15, 4),
              "NVIDIA data sheet: 1024 CUDA and 32 tensor cores at 0.625 GHz, 128-bit LPDDR5 at"
                  + " 68 GB/s, 7 to 15 W; usable memory and idle draw assumed"));

  private Jetsons() {}
}
