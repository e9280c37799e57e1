@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cli.terminal;
