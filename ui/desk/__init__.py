"""All cases (办件): filtered, paged, one of them in detail."""
