-- What was done at one stroke is one action, so that it can be taken back at one stroke.
ALTER TABLE log ADD COLUMN action INTEGER NOT NULL DEFAULT 0;   -- the seq of its first line
ALTER TABLE log ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;   -- the action that this took back; else 0

-- What one transaction wrote bore one time.
UPDATE log SET action = stroke.first
    FROM (SELECT at, min(seq) AS first FROM log GROUP BY at) AS stroke WHERE log.at = stroke.at;

CREATE INDEX log_action ON log (undoes, action);
CREATE INDEX log_note ON log (article, seq) WHERE what = 'note';
