"""What crawlers and programs look for first: the sitemap, rules for robots, whom to warn, and which interfaces."""
