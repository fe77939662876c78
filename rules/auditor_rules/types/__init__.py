"""Types that stand for each other on both sides."""
