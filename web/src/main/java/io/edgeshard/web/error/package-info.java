/**
 * What is said when a request is refused or an answer breaks off, in one form for all dialects.
 * Code that refuses throws an {@link io.edgeshard.web.error.ApiException}; {@code guard} and {@code
 * answer} write it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.error;
