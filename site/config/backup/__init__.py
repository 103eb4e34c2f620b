"""`backup FILE` and `restore FILE`: database and files as one archive (docs/running.md, docs/decisions/)."""
