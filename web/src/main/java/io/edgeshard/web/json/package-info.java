/** JSON in, strictly, and out: knows nothing of what the fields mean. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.json;
