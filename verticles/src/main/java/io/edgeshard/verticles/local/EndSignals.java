package io.edgeshard.verticles.local;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask a process to end, heard before the JVM begins to shut down: in its shutdown
 * hooks, which all run at once, it is too late to end anything in an order.
 *
 * <p>The JDK's own door to signals, {@code sun.misc.Signal}, is open in every release but cannot be
 * compiled against without a warning, so it is called by name.
 */
final class EndSignals {
  private static final Logger LOG = LoggerFactory.getLogger(EndSignals.class);
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private EndSignals() {}

  /**
   * Hears them from now on, in place of the JVM, except those that were to be ignored.
   *
   * @param asked called for each with its number, on a thread of its own
   */
  static void hear(IntConsumer asked) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Constructor<?> named = signal.getConstructor(String.class);
      Method number = signal.getMethod("getNumber");
      Method handle = signal.getMethod("handle", signal, handler);
      Object hearing =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                asked.accept((int) number.invoke(arguments[0]));
                return null;
              });
      for (String name : NAMES) {
        hear(name, named, handle, hearing);
      }
    } catch (ReflectiveOperationException none) {
      LOG.warn("event=signals-unheard reason=\"{}\"", none.toString());
    }
  }

  private static void hear(String name, Constructor<?> named, Method handle, Object hearing) {
    try {
      handle.invoke(null, named.newInstance(name), hearing);
    } catch (ReflectiveOperationException unknownHere) {
      // Windows has no HUP; a JVM told to leave signals alone (-Xrs) has none of them.
      LOG.debug("event=signal-unheard signal={}", name);
    }
  }
}
