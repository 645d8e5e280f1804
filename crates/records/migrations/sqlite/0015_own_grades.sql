-- What a company means by the grades of its own scale, such as A级, as a person answered for a list of it. The answer is
-- offered again for the company's next list.
CREATE TABLE own_grades (
    company BLOB NOT NULL, -- fingerprint of the account and of the list's headings
    written TEXT NOT NULL, -- the grade as it is written
    grade   TEXT NOT NULL, -- the trade's word for it
    said_at INTEGER NOT NULL, -- seconds since 1970, UTC
    PRIMARY KEY (company, written)
);

-- What the report of a list says besides its rows: JSON, in a form that the crate `lists` knows. NULL: nothing.
ALTER TABLE batches ADD COLUMN remarks TEXT;

INSERT INTO schema_changes (version, oldest) VALUES (15, 14);
