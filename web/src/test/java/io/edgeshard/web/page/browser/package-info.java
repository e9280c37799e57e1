/**
 * The chat page in a real browser: {@link io.edgeshard.web.page.browser.Browsers} starts it, {@link
 * io.edgeshard.web.page.browser.ChatPage} is the page as a user sees it. Both serve tests of other
 * modules too, in front of whatever server.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.page.browser;
