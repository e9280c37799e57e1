/**
 * From a request in no dialect to an answer: runs its prompts through {@code generation} one after
 * another and gives what comes, in the dialect that an {@code AnswerFormat} knows, to a stream of
 * events or to one whole answer. Runs on the event loop of the request.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.answer;
