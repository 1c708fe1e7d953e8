"""The steps of a project: what a table of them says of time is neither the length of a contract nor a level of service."""

from __future__ import annotations

import re

# What stands in the first column of such a table: its title, or the steps themselves.
STEPS = re.compile(
    r"\b(?:etapes?|phases?|jalons?|livrables?|taches?|cadrage|installation|parametrage|recette|migration|deploiement"
    r"|mise en (?:production|service)|verification (?:d'aptitude|de service|de bon fonctionnement)|vabf|vsr"
    r"|formations?|modules?|lots?|sprints?)\b"
)
