"""Works out the few formulas that the program writes into workbooks, without looking at the values beside them."""

import re

from openpyxl.utils import range_boundaries

CALL = re.compile(r"=(SUM|SUBTOTAL|COUNTIF|COUNTIFS|SUMIF|IF)\((.*)\)")
QUOTIENT = re.compile(
    r'([A-Z]+\d+)=0,"",IF\(AND\(([A-Z]+\d+)>0,\2<\1\),MIN\(MAX\(\2/\1,0\.001\),0\.999\),\2/\1\)'
)


def worked_out(sheet, value):
    """Return what a cell's content comes to."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    match = CALL.fullmatch(value)
    assert match, f"a formula that nobody expected: {value}"
    name, inside = match.groups()
    return quotient(sheet, inside) if name == "IF" else summed(sheet, name, inside.split(","))


def quotient(sheet, inside):
    whole, part = (number(sheet, name) for name in QUOTIENT.fullmatch(inside).groups())
    if not whole:
        return ""
    return min(max(part / whole, 0.001), 0.999) if 0 < part < whole else part / whole


def summed(sheet, name, words):
    if name == "SUM":
        return sum(n for n in numbers(sheet, words[0]) if n is not None)
    if name == "SUBTOTAL":
        assert words[0] == "9"
        return sum(n for n in numbers(sheet, words[1], passes_over="=SUBTOTAL(") if n is not None)
    if name == "SUMIF":
        fits = [said == words[1].strip('"') for said in values(sheet, words[0])]
        return sum(n for n, is_in in zip(numbers(sheet, words[2]), fits, strict=True) if is_in and n)
    pairs = zip(words[::2], words[1::2], strict=True)
    tests = [[said == wanted.strip('"') for said in values(sheet, where)] for where, wanted in pairs]
    return sum(all(row) for row in zip(*tests, strict=True))


def number(sheet, place):
    return worked_out(sheet, sheet[place].value) or 0


def values(sheet, where):
    left, top, right, bottom = range_boundaries(where)
    assert left == right
    return [sheet.cell(row, left).value for row in range(top, bottom + 1)]


def numbers(sheet, where, passes_over="\0"):
    """Return the numbers of a range, with ``None`` for everything else."""
    found = []
    for value in values(sheet, where):
        if isinstance(value, str) and value.startswith(passes_over):
            found.append(None)
            continue
        made = worked_out(sheet, value)
        found.append(made if isinstance(made, int | float) else None)
    return found


def disagreements(formulas, cached):
    """Return every cell whose formula does not come to the value that stands beside it, and how many there were."""
    wrong, seen = [], 0
    for row in formulas.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                seen += 1
                made, kept = worked_out(formulas, cell.value), cached[cell.coordinate].value
                is_same = made == kept or (made == "" and kept is None)
                if not is_same and not (isinstance(made, float) and abs(made - kept) < 1e-9):
                    wrong.append((cell.coordinate, cell.value, made, kept))
    return wrong, seen
