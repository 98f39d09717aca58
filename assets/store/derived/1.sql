-- Made from articles, and made again when it is missing. `key` is the digest of an article's bytes and how they are read.
CREATE TABLE article (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE names (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- What a file held when it had this size and time: it is not read again while it has them.
CREATE TABLE file (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,      -- nanoseconds since 1970
    records BLOB NOT NULL
) STRICT, WITHOUT ROWID;
