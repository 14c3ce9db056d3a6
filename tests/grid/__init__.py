"""The permission grid: a scene with one of everything in three places, and the policy as a table."""
