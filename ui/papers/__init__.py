"""All papers (文书): searched, filtered, paged, one of them in detail."""
