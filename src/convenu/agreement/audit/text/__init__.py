"""A contract as its reader sees it: headings, articles, sentences, parties, and the words in force after its amendments."""
