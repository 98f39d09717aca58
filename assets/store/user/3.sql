-- The reader's own words: tags and a note of each article.
CREATE TABLE tag (
    article TEXT NOT NULL,              -- digest, as in state
    tag TEXT NOT NULL,                  -- one word in small letters
    PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    article TEXT PRIMARY KEY,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE log ADD COLUMN value TEXT NOT NULL DEFAULT '';   -- the tag, or the note as it then was
