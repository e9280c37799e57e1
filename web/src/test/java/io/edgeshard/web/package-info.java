/**
 * What web's tests share: a running server, a client that checks what it gets, and a socket for
 * what no client would send. The rules of who may know whom are here too.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web;
