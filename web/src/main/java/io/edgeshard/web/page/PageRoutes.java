package io.edgeshard.web.page;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The routes of the pages and of the API's description, which are asked for again each time and
 * mostly answered "not modified"; what it loads may be kept for ever, since its path changes with
 * its contents.
 */
public final class PageRoutes {
  private static final String REVALIDATE = "no-cache";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final PageFiles files;

  private PageRoutes(PageFiles files) {
    this.files = files;
  }

  /** Reads the page's files and adds its routes. */
  public static void mount(Router router) {
    PageRoutes page = new PageRoutes(PageFiles.load());
    String assets = "/assets/" + page.files.fingerprint() + "/";
    page.add(router, "/", page.files.index());
    page.add(router, "/docs", page.files.docs());
    page.add(router, "/openapi.json", page.files.openApi());
    router
        .route(assets + "*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> page.sendAsset(context, context.normalizedPath(), assets.length()));
  }

  private void add(Router router, String path, PageFile file) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> send(context, file, REVALIDATE));
  }

  private void sendAsset(RoutingContext context, String path, int nameStart) {
    files
        .asset(path.substring(nameStart))
        .ifPresentOrElse(file -> send(context, file, FOR_EVER), context::next);
  }

  private static void send(RoutingContext context, PageFile file, String cacheControl) {
    HttpServerResponse response = context.response();
    PageHeaders.addTo(response.headers());
    response
        .putHeader(HttpHeaderNames.CACHE_CONTROL, cacheControl)
        .putHeader(HttpHeaderNames.ETAG, file.etag());
    String known = context.request().getHeader(HttpHeaderNames.IF_NONE_MATCH);
    if (known != null && known.contains(file.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, file.contentType());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response
          .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(file.body().length()))
          .end();
    } else {
      response.end(file.body());
    }
  }
}
