"""What is followed: sources as people wish them, how often each is polled, which links become pages, how each fares."""
