"""Planted studies whose parameters come from coded markets: how often are groups claimed where there are none, and found where there are?"""
