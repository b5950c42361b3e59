"""The monitor of an action plan: what was promised, what is known, and what follows from both.

`periods` and `standing` are plain Python without a database; `facts` reads what they need.
"""
