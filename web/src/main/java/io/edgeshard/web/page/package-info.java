/**
 * The chat page: its files, and the headers that keep it from loading or running anything else.
 *
 * <p>Owns what a browser gets at {@code /} and below {@code /assets}; the page then speaks to the
 * API like any other client. Files are read once, when the router is built, and served from memory
 * on the event loop of the HTTP server. Knows neither {@code openai} nor {@code generation}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.page;
