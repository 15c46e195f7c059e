"""Official documents in the form of NĐ 30/2020: how they look, how templates are filled, which template is in use."""

from steering.official.fill import BadTemplate, fill
from steering.official.kinds import DocumentKind
from steering.official.letter import Letter

__all__ = ["BadTemplate", "DocumentKind", "Letter", "fill"]
