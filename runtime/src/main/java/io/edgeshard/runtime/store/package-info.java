/**
 * Where model files are on this machine, and which file is which: by the SHA-256 of its content, so
 * that every node of a cluster runs the same bytes whatever they are called. Calls block while a
 * file is read: never on an event loop.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.store;
