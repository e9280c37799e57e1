package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.MethodNotFoundException;
import jinjava.javax.el.PropertyNotWritableException;
import org.jspecify.annotations.Nullable;

/**
 * What a template can reach from a value: elements of lists, entries of mappings, the loop's
 * counters, and Python's methods. Nothing else, so no way leads to a Java class.
 */
final class ValueResolver extends ELResolver {
  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (base == null) {
      return null;
    }
    context.setPropertyResolved(true);
    String name = String.valueOf(property);
    if (base instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (base instanceof List<?> list) {
      int index = index(name, list.size());
      return index < 0 ? null : list.get(index);
    }
    if (base instanceof String text) {
      int index = index(name, text.length());
      return index < 0 ? null : text.substring(index, index + 1);
    }
    return base instanceof LoopTag.Rounds loop ? counter(loop, name) : null;
  }

  /** The place that an index means, counted from the end if negative; -1 if there is none. */
  private static int index(String property, int size) {
    try {
      long index = Long.parseLong(property);
      long place = index < 0 ? index + size : index;
      return place >= 0 && place < size ? (int) place : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable Object counter(LoopTag.Rounds loop, String name) {
    return switch (name) {
      case "index" -> loop.getIndex();
      case "index0" -> loop.getIndex0();
      case "revindex" -> loop.getRevindex();
      case "revindex0" -> loop.getRevindex0();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "previtem" -> loop.neighbour(-1);
      case "nextitem" -> loop.neighbour(1);
      case "length" -> loop.getLength();
      default -> null;
    };
  }

  @Override
  @SuppressWarnings("unchecked") // the engine hands filters' named arguments over as this map
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?> @Nullable [] types,
      @Nullable Object @Nullable [] parameters) {
    context.setPropertyResolved(true);
    @Nullable Object[] given = parameters == null ? new Object[0] : parameters;
    BoundedInterpreter run = BoundedInterpreter.current();
    if (base instanceof Filter filter) {
      return run.spend(
          filter.filter(
              given[0],
              (JinjavaInterpreter) given[1],
              (Object[]) given[2],
              (Map<String, Object>) given[3]));
    }
    if (base instanceof ExpTest test) {
      Object[] arguments = Arrays.copyOfRange(given, 2, given.length);
      return "evaluateNegated".equals(method)
          ? test.evaluateNegated(given[0], run, arguments)
          : test.evaluate(given[0], run, arguments);
    }
    if (base == null) {
      throw new MethodNotFoundException("there is no value to call '" + method + "' of");
    }
    return run.spend(PythonMethods.call(base, String.valueOf(method), given));
  }

  @Override
  public void setValue(
      ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
    throw new PropertyNotWritableException("values cannot be changed");
  }

  @Override
  public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
    return true;
  }

  @Override
  public @Nullable Class<?> getType(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
    return Object.class;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, @Nullable Object base) {
    return Collections.emptyIterator();
  }
}
