"""The board: as it is now, kept so by the stream, and as it was at any moment of the past."""

from factboard.web.board.pages import page_of_board
from factboard.web.board.view import BoardView, Cards, html_of_board, html_of_card

__all__ = ["BoardView", "Cards", "html_of_board", "html_of_card", "page_of_board"]
