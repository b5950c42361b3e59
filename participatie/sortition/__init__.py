"""The draw itself: fair chances within quotas, and equal lists to draw one from. Plain Python, no Django."""
