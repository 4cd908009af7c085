"""What is written about a client's planned care: read it, write it, every version of it.

Pages and forms are made from the documents' own fields (`domain/events/contents`): `asking` makes the form, `reading`
reads it, `keeping` keeps drafts, `telling` says what stands in it and what changed, `labels` what each field is called.
"""

from factboard.web.documents.change import form, submit
from factboard.web.documents.coordinated import invitation
from factboard.web.documents.group import sheet as member_sheet
from factboard.web.documents.keeping import keep_draft, throw_away
from factboard.web.documents.look import page_of_document, page_of_plans, page_of_versions
from factboard.web.documents.taking_away import withdraw, withdraw_form

__all__ = [
    "form", "invitation", "keep_draft", "member_sheet", "page_of_document", "page_of_plans", "page_of_versions",
    "submit", "throw_away", "withdraw", "withdraw_form",
]  # fmt: skip
