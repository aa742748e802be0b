"""Keys and passwords: the station's signing key, where secrets are kept, operators' password hashes."""
