"""Checking what people attach: pictures are drawn anew, documents are read through, everything else is refused."""

from feedback_service.suggestions.drawing.uploads import MOST_BYTES, MOST_FILES, TOO_MANY, Upload, cleaned, renewed

__all__ = ["MOST_BYTES", "MOST_FILES", "TOO_MANY", "Upload", "cleaned", "renewed"]
