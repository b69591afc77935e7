"""WHAT WE KNOW: the vocabulary, the archive of bytes, the tables and the store. Only room that imports sqlalchemy."""
