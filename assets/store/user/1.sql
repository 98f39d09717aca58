-- What the reader did with articles. `article` is the digest part of an article's id: it outlives moving and renaming.
CREATE TABLE state (
    article TEXT PRIMARY KEY,
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    place INTEGER,                      -- byte of the plain text at which the first line in sight begins
    below INTEGER NOT NULL DEFAULT 0,   -- lines below it
    changed INTEGER NOT NULL            -- milliseconds since 1970
) STRICT, WITHOUT ROWID;

-- What was done, in order; never changed, only added to.
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,                -- milliseconds since 1970
    article TEXT NOT NULL,
    title TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
