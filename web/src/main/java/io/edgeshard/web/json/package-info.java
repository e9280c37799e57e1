/**
 * JSON in, strictly, and out: knows nothing of what the fields mean. {@link
 * io.edgeshard.web.json.StrictJson} reads text, {@link io.edgeshard.web.json.JsonFields} takes
 * fields out by name and type; {@code openai.request} gives them a meaning.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.json;
