-- In a backup: the text files that lie beside this one (decisions about names and stories, saved views). Else empty.
CREATE TABLE file (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
