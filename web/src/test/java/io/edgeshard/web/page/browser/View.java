package io.edgeshard.web.page.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;

/** What a reader looks at the page with. */
public enum View {
  DESKTOP,
  DARK,
  PHONE,
  STILL,
  /** An ordinary window at 200 %. */
  ZOOMED;

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 860;
  private static final int PHONE_WIDTH = 360;
  private static final int PHONE_HEIGHT = 740;

  Browser.NewContextOptions options() {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(WIDTH, HEIGHT)
            .setColorScheme(this == DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
            .setReducedMotion(this == STILL ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE)
            .setPermissions(List.of("clipboard-read", "clipboard-write"));
    if (this == ZOOMED) {
      options.setViewportSize(WIDTH / 2, HEIGHT / 2).setDeviceScaleFactor(2);
    }
    if (this == PHONE) {
      options
          .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT)
          .setDeviceScaleFactor(2)
          .setIsMobile(true)
          .setHasTouch(true);
    }
    return options;
  }
}
