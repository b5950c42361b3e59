"""Sudoku of six by six: rows, columns and blocks of two by three with the numbers 1 to 6."""

from collections.abc import Iterator, Sequence

SIDE = 6
BLOCK_ROWS, BLOCK_COLUMNS = 2, 3


def solutions(rows: Sequence[str], at_most: int = 2) -> list[list[str]]:
    """The solutions of a puzzle, no more than `at_most`; an empty cell of a row is a 0."""
    grid = [[int(cell) for cell in row] for row in rows]
    found: list[list[str]] = []
    for solved in _solved(grid):
        found.append(["".join(map(str, row)) for row in solved])
        if len(found) == at_most:
            break
    return found


def _solved(grid: list[list[int]]) -> Iterator[list[list[int]]]:
    empty = next(
        ((row, column) for row in range(SIDE) for column in range(SIDE) if not grid[row][column]), None
    )
    if empty is None:
        yield grid
        return
    row, column = empty
    for number in range(1, SIDE + 1):
        if number not in _seen(grid, row, column):
            grid[row][column] = number
            yield from _solved(grid)
            grid[row][column] = 0


def _seen(grid: list[list[int]], row: int, column: int) -> set[int]:
    """The numbers that a cell can no longer have."""
    top, left = row - row % BLOCK_ROWS, column - column % BLOCK_COLUMNS
    block = [cell for line in grid[top : top + BLOCK_ROWS] for cell in line[left : left + BLOCK_COLUMNS]]
    return {*grid[row], *(line[column] for line in grid), *block}
