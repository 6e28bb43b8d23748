"""The guides of `docs/panduan-*.md` as pages, and from every page the link to the part that explains it."""
