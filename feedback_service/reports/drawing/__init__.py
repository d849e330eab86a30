"""Charts as SVG shapes: geometry in attributes, colours by class in the style sheet, words given from outside."""
