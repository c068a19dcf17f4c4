"""What Python programs and notebooks call; `import dragoman` has its names."""
