"""One reader a module: bytes to drafts."""
