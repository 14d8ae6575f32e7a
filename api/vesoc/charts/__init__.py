"""Charts as SVG, made on the server: no scripts, no styles of their own but classes of the style sheet."""
