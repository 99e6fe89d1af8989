"""What a problem is, and the list of rules; both are the link checker's.

Beside what the link checker knows, `on` of a rule may be
  page      called with each source page and the project, yields (line, column, message)
  project   called with the project, yields (path, line, column, message)
  run      found elsewhere; entered here so that --rules names them
"""

from linkcheck.diagnostic import Diagnostic
from linkcheck.rule import RULES, Message, Rule, rule

__all__ = ["RULES", "Diagnostic", "Message", "Rule", "rule"]
