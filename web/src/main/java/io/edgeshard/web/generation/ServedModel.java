package io.edgeshard.web.generation;

/**
 * A model that can be asked for.
 *
 * @param id its name in requests
 * @param createdSeconds when it was made available, in seconds since 1970
 * @param contextTokens the most tokens of prompt and answer together
 * @param sampling how tokens are chosen where a request says nothing
 */
public record ServedModel(
    String id, long createdSeconds, int contextTokens, SamplingDefaults sampling) {}
