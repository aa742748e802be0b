"""After acceptance: papers, certificate (出证), delivery (交付)."""
