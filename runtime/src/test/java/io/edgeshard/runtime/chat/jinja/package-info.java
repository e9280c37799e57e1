/** Tests of the Jinja dialect: the same as Jinja2, and safe from templates that mean harm. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.chat.jinja;
