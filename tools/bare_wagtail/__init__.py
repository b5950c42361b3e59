"""The smallest Wagtail site there is, to measure ours against in the same run."""
