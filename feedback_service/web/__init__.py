"""What every page and every JSON answer share: context, problems, forms, languages, headers."""
