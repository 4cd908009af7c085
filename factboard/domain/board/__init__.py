"""The board as data: `card` is one client's, `whole` all of them and those who have left it of late."""

from factboard.domain.board.card import FRESH, Card, card, last_time, measures
from factboard.domain.board.whole import Board, Group, Returned, board

__all__ = ["FRESH", "Board", "Card", "Group", "Returned", "board", "card", "last_time", "measures"]
