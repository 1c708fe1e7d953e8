"""The words every part of Convenu shares: money, spans of time, dates in French, findings, the contract's text."""
