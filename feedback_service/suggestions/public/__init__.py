"""The box for citizens: writing, the receipt, tracking, published answers."""

from feedback_service.suggestions.public import answers, receipt, replying, tracking, writing
from feedback_service.suggestions.public.blueprint import public

__all__ = ["answers", "public", "receipt", "replying", "tracking", "writing"]
