package io.edgeshard.verticles.local.runfile;

import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.SettingValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Settings that the model's file decides where no person did. */
final class RecommendedSettings {
  private final Map<String, SettingValue> values;

  private RecommendedSettings(Map<String, SettingValue> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** The settings, by key, with what the model's makers recommend. */
  static Map<String, SettingValue> in(Map<String, SettingValue> settings, SamplingChoice sampling) {
    RecommendedSettings all = new RecommendedSettings(settings);
    all.say(NodeSettings.TEMPERATURE, sampling.temperature(), SamplingChoice.TEMPERATURE);
    all.say(NodeSettings.TOP_P, sampling.topP(), SamplingChoice.TOP_P);
    all.say(NodeSettings.TOP_K, sampling.topK(), SamplingChoice.TOP_K);
    all.say(NodeSettings.MIN_P, sampling.minP(), SamplingChoice.MIN_P);
    all.say(NodeSettings.REPEAT_PENALTY, sampling.repeatPenalty(), SamplingChoice.REPEAT_PENALTY);
    return Collections.unmodifiableMap(all.values);
  }

  private <T> void say(Setting<T> setting, Optional<T> value, String key) {
    Origin origin = new Origin(Origin.Kind.MODEL, key + " in the model");
    value.ifPresent(
        found ->
            values.computeIfPresent(
                setting.key(),
                (name, set) ->
                    set.origin().kind() == Origin.Kind.DEFAULT
                        ? new SettingValue(found.toString(), origin)
                        : set));
  }
}
