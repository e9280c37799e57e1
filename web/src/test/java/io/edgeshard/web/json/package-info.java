/** Tests of reading JSON: what is accepted, and what must not be. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.json;
