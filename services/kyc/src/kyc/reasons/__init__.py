"""The reasons to repeat a step: codes, words, and the step that mends each."""
