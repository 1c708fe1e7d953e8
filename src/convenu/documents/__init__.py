"""A contract's text on paper and on screen: Word, PDF, HTML, Markdown, and the note that goes to the lawyer."""
