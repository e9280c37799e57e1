package io.edgeshard.verticles.local;

import static io.edgeshard.verticles.settings.NodeSettings.CACHE;
import static io.edgeshard.verticles.settings.NodeSettings.MODEL;

import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The model file that this machine has. */
final class ModelFile {
  private static final String DEFAULT_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf";

  private ModelFile() {}

  /** The file that was named, else, where one is needed, the default model in the cache folder. */
  static Optional<Path> find(Settings settings, boolean needed) {
    Optional<Path> named = settings.find(MODEL);
    if (named.isPresent()) {
      if (!Files.isReadable(named.get()) || Files.isDirectory(named.get())) {
        throw new SettingsException(
            settings.place(MODEL)
                + ": expected a GGUF file that this user may read, found "
                + (Files.isDirectory(named.get()) ? "the folder " : "nothing of that kind at ")
                + named.get().toAbsolutePath());
      }
      return Optional.of(named.get().toAbsolutePath());
    }
    return needed ? Optional.of(defaultModel(settings.get(CACHE))) : Optional.empty();
  }

  private static Path defaultModel(Path cache) {
    Path model = cache.resolve("models").resolve(DEFAULT_NAME);
    if (!Files.isReadable(model)) {
      throw new SettingsException(
          "expected a model, found neither --model nor "
              + model
              + ": get the default one with scripts/get-model.sh or name a GGUF file with --model");
    }
    return model;
  }
}
