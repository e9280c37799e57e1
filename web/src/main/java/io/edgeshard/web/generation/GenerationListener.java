package io.edgeshard.web.generation;

/** Hears what becomes of a request; the last event is {@code Finished} or {@code Failed}. */
@FunctionalInterface
public interface GenerationListener {
  void onEvent(GenerationEvent event);
}
