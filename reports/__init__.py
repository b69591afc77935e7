"""WHAT WE SAY: figures, chapters, renderers, releases. Only room that imports typst, docxtpl and xlsxwriter."""
