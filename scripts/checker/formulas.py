"""Works out the formulas of a part's books: numbers, names and the four kinds of sum, nothing else."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

# What a formula may hold. Python reads it; only these parts of it are worked out.
_BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST = 300
# No book of a firm holds more; a formula that makes more is a slip.
_LARGEST = 1e15


class FormulaError(Exception):
    """A formula cannot be worked out; the text says why, as the end of a sentence."""


def rounded(value: float, decimals: int) -> float:
    """A value as people round it, a half upwards; `decimals` may be negative: -3 gives thousands."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "round": lambda value, decimals=0: rounded(value, int(decimals)),
    "min": min,
    "max": max,
    "ceil": math.ceil,
    "floor": math.floor,
}


def work_out(formula: object, known: Mapping[str, float]) -> float:
    """The value of a formula, or of a plain number, with the names in `known`.

    `cut_once.year_saving` is looked up under that whole name. Raises FormulaError.
    """
    if isinstance(formula, bool) or not isinstance(formula, int | float | str):
        raise FormulaError("is neither a number nor a formula")
    if not isinstance(formula, str):
        return float(formula)
    if len(formula) > _LONGEST:
        raise FormulaError(f"has {len(formula)} characters, at most {_LONGEST}; split it into several values")
    try:
        value = _value(ast.parse(formula.strip(), mode="eval").body, known)
    except SyntaxError:
        raise FormulaError(f"is no formula: `{formula}`; write it like `fees * 0.2`") from None
    except ZeroDivisionError:
        raise FormulaError("divides by nought") from None
    except (TypeError, ValueError, OverflowError, RecursionError, MemoryError, ArithmeticError):
        raise FormulaError(f"cannot be worked out: `{formula}`") from None
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise FormulaError("gives a number beyond all books")
    return float(value)


def _value(node: ast.expr, known: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_value(node.left, known), _value(node.right, known))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, known)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _FUNCTIONS
        and not node.keywords
    ):
        return _FUNCTIONS[node.func.id](*(_value(each, known) for each in node.args))
    if isinstance(node, ast.Name | ast.Attribute):
        name = ast.unparse(node)
        if name not in known:
            raise FormulaError(f"uses {name}, which stands neither in facts nor among the values above it")
        return known[name]
    raise FormulaError("may hold only numbers, names, + - * / ( ), round, min, max, ceil and floor")
