"""The demonstration: an office with figures that are made up, and say so on every page."""

from feedback_service.operations.service.demo.box import fill_box
from feedback_service.operations.service.demo.office import Demo, sign_ins, tablet_code
from feedback_service.operations.service.demo.telling import fill

__all__ = ["Demo", "fill", "fill_box", "sign_ins", "tablet_code"]
