package io.edgeshard.web.page.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one browser for the whole run; it is launched for the first that asks. */
public final class BrowserExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browsers.class;
  }

  @Override
  public Browsers resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, key -> new Running(Browsers.launch()), Running.class)
        .browsers();
  }

  /** Closed by JUnit after the last test. */
  private record Running(Browsers browsers) implements ExtensionContext.Store.CloseableResource {
    @Override
    public void close() {
      browsers.close();
    }
  }
}
