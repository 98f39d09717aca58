-- The library: the bytes of each article as they came, compressed. All else about it can be worked out from them.
CREATE TABLE article (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL,               -- of the bytes, as in the article's id
    format TEXT NOT NULL,               -- how they are read: dump, markdown, json
    name TEXT NOT NULL,                 -- the file they came from
    line INTEGER NOT NULL,              -- line of a JSON Lines file, else 0
    modified INTEGER NOT NULL,          -- the file's time, seconds since 1970
    added INTEGER NOT NULL,             -- milliseconds since 1970
    size INTEGER NOT NULL,              -- of the bytes before they were compressed
    bytes BLOB NOT NULL,
    UNIQUE (digest, format)
) STRICT;
