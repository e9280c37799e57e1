/** What is said when a request is refused or an answer breaks off, in one form for all dialects. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.error;
