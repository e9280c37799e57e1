/**
 * Tests of the chat page, its files, and what it says in trouble; the tests that drive a real
 * browser do so through {@code page.browser}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.page;
