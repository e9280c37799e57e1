package io.edgeshard.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageRoutesTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from \"([^\"]+)\"");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static RunningServer server;

  @BeforeAll
  static void startServer() {
    server = RunningServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void page_allowsNothingButItsOwnFiles() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe", "http:", "https:", "data:", "*");
    assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
  }

  @Test
  void page_holdsNoScriptOrStyleOfItsOwn() throws Exception {
    assertThat(get("/").body())
        .doesNotContain("<style", " style=", "{{", "javascript:")
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @Test
  void page_refersOnlyToFilesThatAreThere() throws Exception {
    List<String> references = matches(REFERENCE, get("/").body());

    assertThat(references).hasSizeGreaterThan(5);
    for (String reference : references) {
      HttpResponse<String> file = get(reference);
      assertThat(file.statusCode()).as(reference).isEqualTo(200);
      assertThat(header(file, "cache-control")).as(reference).contains("immutable");
      assertThat(header(file, "x-content-type-options")).as(reference).isEqualTo("nosniff");
    }
  }

  @Test
  void modules_importOnlyFilesThatAreThere() throws Exception {
    String main =
        matches(REFERENCE, get("/").body()).stream()
            .filter(reference -> reference.endsWith("/js/main.js"))
            .findFirst()
            .orElseThrow();
    Deque<URI> open = new ArrayDeque<>(List.of(URI.create(main)));
    Set<URI> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      URI module = open.remove();
      HttpResponse<String> file = get(module.toString());
      assertThat(header(file, "content-type")).as(module.toString()).startsWith("text/javascript");
      matches(IMPORT, file.body()).stream()
          .map(module::resolve)
          .filter(seen::add)
          .forEach(open::add);
    }
    assertThat(seen).hasSizeGreaterThan(40);
  }

  @Test
  void page_knownToTheBrowser_isNotSentAgain() throws Exception {
    String etag = header(get("/"), "etag");

    HttpResponse<String> again = send(request("/").header("If-None-Match", etag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "cache-control")).isEqualTo("no-cache");
  }

  @Test
  void page_askedForItsHead_tellsItsLength() throws Exception {
    HttpResponse<String> head = send(request("/").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "content-length"))
        .isEqualTo(Integer.toString(get("/").body().getBytes(StandardCharsets.UTF_8).length));
  }

  @Test
  void file_thatIsNotThere_isNotFound() throws Exception {
    assertThat(get("/assets/0000000000000000/js/main.js").statusCode()).isEqualTo(404);
    String assets = "/assets/" + PageFiles.load().fingerprint();
    assertThat(get(assets + "/js/none.js").statusCode()).isEqualTo(404);
    assertThat(get(assets + "/../../../pom.xml").statusCode()).isEqualTo(404);
    assertThat(get(assets + "/index.html").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri(path)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }
}
