package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateSyntaxException;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;
import com.hubspot.jinjava.util.LengthLimitingStringBuilder;
import com.hubspot.jinjava.util.ObjectIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code for} as Jinja has it: what is set in one round is forgotten in the next, {@code if} leaves
 * elements out, {@code else} stands for an empty loop.
 */
final class LoopTag extends ForTag {
  private static final long serialVersionUID = 1;
  private static final Pattern PARTS = Pattern.compile("(?s)\\s*(.+?)\\s+in\\s+(.+)");

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    Matcher parts = PARTS.matcher(node.getHelpers());
    if (!parts.matches()) {
      throw new TemplateSyntaxException(
          interpreter, node.getHelpers(), "expected 'for name in values'");
    }
    List<String> names = Arrays.stream(parts.group(1).split(",")).map(String::strip).toList();
    String source = parts.group(2);
    int condition = conditionStart(source);
    Object values =
        interpreter.resolveELExpression(source.substring(0, condition), node.getLineNumber());
    List<@Nullable Object> elements = new ArrayList<>();
    ObjectIterator.getLoop(values).forEachRemaining(elements::add);
    if (condition < source.length()) {
      String test = source.substring(condition + " if ".length());
      elements.removeIf(element -> !holds(test, names, element, node, interpreter));
    }
    return elements.isEmpty()
        ? otherwise(node, interpreter)
        : rounds(node, names, elements, interpreter);
  }

  /** Where {@code if} begins outside of quotes and brackets, or the end. */
  private static int conditionStart(String source) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < source.length(); i++) {
      char character = source.charAt(i);
      if (quote != 0) {
        i += character == '\\' ? 1 : 0;
        quote = character == quote ? 0 : quote;
      } else if (character == '\'' || character == '"') {
        quote = character;
      } else if ("([{".indexOf(character) >= 0) {
        depth++;
      } else if (")]}".indexOf(character) >= 0) {
        depth--;
      } else if (depth == 0 && source.startsWith(" if ", i)) {
        return i;
      }
    }
    return source.length();
  }

  private static boolean holds(
      String test,
      List<String> names,
      @Nullable Object element,
      TagNode node,
      JinjavaInterpreter interpreter) {
    interpreter.enterScope();
    try {
      assign(names, element, interpreter);
      return PythonValues.isTrue(interpreter.resolveELExpression(test, node.getLineNumber()));
    } finally {
      interpreter.leaveScope();
    }
  }

  private static String rounds(
      TagNode node,
      List<String> names,
      List<@Nullable Object> elements,
      JinjavaInterpreter interpreter) {
    LengthLimitingStringBuilder text =
        new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
    Rounds loop = new Rounds(elements);
    while (loop.hasNext()) {
      interpreter.enterScope();
      try {
        assign(names, loop.next(), interpreter);
        interpreter.getContext().put(LOOP, loop);
        for (Node child : node.getChildren()) {
          if (isElse(child) || loop.isContinued()) {
            break;
          }
          text.append(child.render(interpreter).getValue());
        }
      } finally {
        interpreter.leaveScope();
      }
    }
    return text.toString();
  }

  private static void assign(
      List<String> names, @Nullable Object element, JinjavaInterpreter interpreter) {
    if (names.size() == 1) {
      interpreter.getContext().put(names.get(0), element);
      return;
    }
    if (!(element instanceof List<?> parts) || parts.size() != names.size()) {
      throw new TemplateSyntaxException(
          interpreter, names.toString(), "expected lists of " + names.size() + " to loop over");
    }
    for (int i = 0; i < names.size(); i++) {
      interpreter.getContext().put(names.get(i), parts.get(i));
    }
  }

  private static String otherwise(TagNode node, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder();
    boolean reached = false;
    for (Node child : node.getChildren()) {
      if (reached) {
        text.append(child.render(interpreter).getValue());
      }
      reached = reached || isElse(child);
    }
    return text.toString();
  }

  private static boolean isElse(Node node) {
    return node instanceof TagNode tag && tag.getTag() instanceof ElseTag;
  }

  /** The variable {@code loop}, which also knows the elements around its own. */
  static final class Rounds extends ForLoop {
    private final List<@Nullable Object> elements;

    Rounds(List<@Nullable Object> elements) {
      super(elements.iterator(), elements.size());
      this.elements = elements;
    }

    /** The element that is so many places further on; null if there is none. */
    @Nullable Object neighbour(int distance) {
      int place = getIndex0() + distance;
      return place >= 0 && place < elements.size() ? elements.get(place) : null;
    }
  }
}
