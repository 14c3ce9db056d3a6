"""The demo neighbourhood: invented families, told through the real actions."""
