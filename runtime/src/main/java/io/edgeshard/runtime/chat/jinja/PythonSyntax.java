package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.ext.AdditionOperator;
import com.hubspot.jinjava.el.ext.AstDict;
import com.hubspot.jinjava.el.ext.AstList;
import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.AstTuple;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import com.hubspot.jinjava.el.ext.StringConcatOperator;
import com.hubspot.jinjava.interpret.Context;
import java.util.Map;
import java.util.Objects;
import jinjava.de.odysseus.el.misc.TypeConverter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import org.jspecify.annotations.Nullable;

/**
 * Expressions with Python's meaning of {@code not} (it takes a whole comparison), {@code ==} and
 * {@code !=}, and with every {@code +}, {@code ~}, list and mapping counted as work.
 */
final class PythonSyntax extends ExtendedSyntaxBuilder {
  private static final long serialVersionUID = 1;

  PythonSyntax() {
    super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
  }

  @Override
  protected Parser createParser(String expression) {
    return new PythonParser(this, expression);
  }

  private static final class PythonParser extends ExtendedParser {
    PythonParser(Builder context, String input) {
      super(context, input);
      putExtensionHandler(
          StringConcatOperator.TOKEN,
          new ExtensionHandler(ExtensionPoint.ADD) {
            @Override
            public AstNode createAstNode(AstNode... children) {
              return new AstBinary(children[0], children[1], new Counted(StringConcatOperator.OP));
            }
          });
    }

    /** Refuses filters and tests that are not known, which the engine would pass over. */
    @Override
    protected AstIdentifier createAstIdentifier(String name, int index) {
      Context known = BoundedInterpreter.current().getContext();
      if (name.startsWith(FILTER_PREFIX)
          && known.getFilter(name.substring(FILTER_PREFIX.length())) == null) {
        throw new ELException(
            "no filter '%s' is known here".formatted(name.substring(FILTER_PREFIX.length())));
      }
      if (name.startsWith(EXPTEST_PREFIX)
          && known.getExpTest(name.substring(EXPTEST_PREFIX.length())) == null) {
        throw new ELException(
            "no test '%s' is known here".formatted(name.substring(EXPTEST_PREFIX.length())));
      }
      return super.createAstIdentifier(name, index);
    }

    /** Takes all that follows a name and {@code =} as the argument's value. */
    @Override
    protected @Nullable AstNode expr(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() != Symbol.IDENTIFIER
          || lookahead(0) != NamedParameterOperator.TOKEN) {
        return super.expr(required);
      }
      AstIdentifier name = identifier(consumeToken().getImage());
      consumeToken();
      return new AstNamedParameter(name, Objects.requireNonNull(expr(true)));
    }

    @Override
    protected @Nullable AstNode and(boolean required) throws ScanException, ParseException {
      AstNode left = not(required);
      while (left != null && getToken().getSymbol() == Symbol.AND) {
        consumeToken();
        left = new AstBinary(left, Objects.requireNonNull(not(true)), PythonSyntax::both);
      }
      return left;
    }

    private @Nullable AstNode not(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() != Symbol.NOT) {
        return eq(required);
      }
      consumeToken();
      return createAstUnary(Objects.requireNonNull(not(true)), AstUnary.NOT);
    }

    @Override
    protected AstList createAstList(AstParameters elements) {
      return new AstList(elements) {
        @Override
        public Object eval(Bindings bindings, ELContext context) {
          return BoundedInterpreter.current().spend(super.eval(bindings, context));
        }
      };
    }

    @Override
    protected AstTuple createAstTuple(AstParameters elements) {
      return new AstTuple(elements) {
        @Override
        public Object eval(Bindings bindings, ELContext context) {
          return BoundedInterpreter.current().spend(super.eval(bindings, context));
        }
      };
    }

    @Override
    protected AstDict createAstDict(Map<AstNode, AstNode> entries) {
      return new AstDict(entries) {
        @Override
        public Object eval(Bindings bindings, ELContext context) {
          return BoundedInterpreter.current().spend(super.eval(bindings, context));
        }
      };
    }

    @Override
    protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
      if (operator == AstBinary.EQ) {
        return new AstBinary(left, right, new Equality(true));
      }
      if (operator == AstBinary.NE) {
        return new AstBinary(left, right, new Equality(false));
      }
      return operator == AdditionOperator.OP
          ? new AstBinary(left, right, new Counted(operator))
          : super.createAstBinary(left, right, operator);
    }
  }

  /** {@code and}: the first value if it is not true, else the second. */
  private static @Nullable Object both(
      Bindings bindings, ELContext context, AstNode left, AstNode right) {
    Object first = left.eval(bindings, context);
    return PythonValues.isTrue(first) ? right.eval(bindings, context) : first;
  }

  private static final class Equality extends AstBinary.SimpleOperator {
    private final boolean wanted;

    Equality(boolean wanted) {
      this.wanted = wanted;
    }

    @Override
    protected Object apply(TypeConverter converter, @Nullable Object left, @Nullable Object right) {
      return PythonValues.areEqual(left, right) == wanted;
    }
  }

  private record Counted(AstBinary.Operator operator) implements AstBinary.Operator {
    @Override
    public @Nullable Object eval(
        Bindings bindings, ELContext context, AstNode left, AstNode right) {
      return BoundedInterpreter.current().spend(operator.eval(bindings, context, left, right));
    }
  }
}
