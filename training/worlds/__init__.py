"""Annotated news reports from small invented diplomatic worlds, in many languages, for training the token-level heads of the shared encoder.

Annotated news about diplomacy that may be redistributed hardly exists outside English, and none of it marks offices, event triggers and the extent of
what somebody said together. So each report here is told from a little world (states, office holders, a meeting, a threat, what was said about it) by
a grammar of the language, and the labels fall out of the telling. Grammars are text files under `tongues/` (see `markup` for their notation): words
that carry meaning are never in code. No sentence is copied from anywhere.

    python -m training.worlds --count 20000 --seed 7 --langs ar,tr -o worlds.jsonl
"""
