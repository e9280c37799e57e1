/** Tests of what is written for users: every command in it is one that there is. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.documents;
