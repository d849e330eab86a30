"""Rules of reports: periods, satisfaction, findings, suppression. Pure."""
