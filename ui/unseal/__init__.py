"""The passphrase that seals the keys, asked at each start where there is no keyring."""
