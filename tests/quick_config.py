"""Settings with which a study runs in no time."""

QUICK = """
[tag]
model = "lexicon"
[embed]
model = "hashing"
[cluster]
n_resamples = 2
[synthesise]
n_permutations = 19
n_resamples = 10
[engine]
settle_s = 0.3
"""
