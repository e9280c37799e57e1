package io.edgeshard.planner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final double GIGA = 1e9;

  @Test
  void models_ofThePaper_weighWhatTheirParametersDo() {
    assertThat(gigabytesReadPerToken("llama-2-7b")).isCloseTo(26.43, within(0.01));
    assertThat(gigabytesReadPerToken("llama-2-13b")).isCloseTo(51.4, within(0.05));
    assertThat(gigabytesReadPerToken("llama-2-70b")).isCloseTo(274.9, within(0.1));
  }

  @Test
  void smolLm2_asTheProgramLoadsIt_weighsWhatItsFileDoes() {
    ModelSpec model = Models.find("smollm2-135m").orElseThrow();
    long fileBytes =
        model.embedding().fileBytes()
            + model.layers().stream().mapToLong(PartWeights::fileBytes).sum();

    // The file's 98 362 432 bytes also hold the tokenizer, and the embedding in more bits.
    assertThat(fileBytes).isBetween(80_000_000L, 98_362_432L);
  }

  @Test
  void agxOrin_withLlama7b_takesWhatThePaperMeasured() {
    ModelSpec model = Models.find("llama-2-7b").orElseThrow();
    ComputeProfile compute = profile("jetson-agx-orin", model, WeightType.FLOAT32).compute();

    assertThat(tokenMs(compute, model, 1)).isCloseTo(140.34, within(1.5));
    assertThat(4 * 1000 / tokenMs(compute, model, 4)).isCloseTo(24.36, within(0.5));
  }

  @Test
  void prefill_ofFewAndManyTokens_isLimitedByMemoryThenByArithmetic() {
    ModelSpec model = Models.find("llama-2-7b").orElseThrow();
    ComputeProfile compute = profile("jetson-agx-orin", model, WeightType.FLOAT32).compute();
    double oneMs = compute.prefill().ms(1, 0);

    assertThat(compute.prefill().ms(8, 0)).isEqualTo(oneMs);
    assertThat(compute.prefill().ms(400, 0) / compute.prefill().ms(200, 0))
        .isCloseTo(2, within(1e-6));
  }

  @Test
  void integerArithmetic_ofQuantisedWeights_isFasterThanFloats() {
    ModelSpec quantised = Models.find("llama-3-8b").orElseThrow();
    double fastMs =
        profile("laptop-8-core", quantised, WeightType.FAST).compute().prefill().ms(512, 0);
    double exactMs =
        profile("laptop-8-core", quantised, WeightType.EXACT).compute().prefill().ms(512, 0);

    assertThat(exactMs / fastMs).isCloseTo(4, within(0.01));
  }

  @Test
  void names_ofDevicesAndModels_areKebabCaseAndOnce() {
    assertThat(Devices.names()).doesNotHaveDuplicates().allMatch(CatalogueTest::isKebabCase);
    assertThat(Models.names()).doesNotHaveDuplicates().allMatch(CatalogueTest::isKebabCase);
    assertThat(Devices.find("toaster")).isEmpty();
    assertThat(Models.find("toaster")).isEmpty();
  }

  @Test
  void everyDevice_runsEveryModelInEveryWay() {
    for (CatalogueDevice device : Devices.all()) {
      assertThat(device.source()).isNotBlank();
      for (String model : Models.names()) {
        for (WeightType type : WeightType.values()) {
          NodeProfile profile = profile(device.name(), Models.find(model).orElseThrow(), type);
          assertThat(profile.compute().decode().ms(1, 80)).isPositive();
          assertThat(profile.power()).isPresent();
        }
      }
    }
  }

  private static boolean isKebabCase(String name) {
    return name.matches("[a-z0-9]+([.-][a-z0-9]+)*");
  }

  private static NodeProfile profile(String device, ModelSpec model, WeightType type) {
    return Devices.find(device).orElseThrow().profile(new NodeId("n"), model, type);
  }

  private static double gigabytesReadPerToken(String name) {
    ModelSpec model = Models.find(name).orElseThrow();
    long layers = model.layers().stream().mapToLong(PartWeights::float32Bytes).sum();
    return (layers + model.head().float32Bytes()) / GIGA;
  }

  private static double tokenMs(ComputeProfile compute, ModelSpec model, int batch) {
    return model.layerCount() * compute.decode().ms(batch, 80)
        + compute.head().ms(batch)
        + compute.embedding().ms(batch);
  }
}
