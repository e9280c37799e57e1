package io.edgeshard.web.page;

import io.vertx.core.buffer.Buffer;

/**
 * One file of the page, ready to be sent.
 *
 * @param contentType for the header of that name
 * @param body its bytes
 * @param etag a hash of the bytes, in quotes
 */
record PageFile(String contentType, Buffer body, String etag) {
  static PageFile of(String name, byte[] bytes) {
    return new PageFile(contentTypeOf(name), Buffer.buffer(bytes), '"' + Digests.of(bytes) + '"');
  }

  private static String contentTypeOf(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json" -> "application/json";
      case "svg" -> "image/svg+xml";
      default ->
          throw new IllegalArgumentException(
              "expected a file that ends in html, js, css, json or svg, found " + name);
    };
  }
}
