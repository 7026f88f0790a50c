-- The ledger of facts is the only source of truth: rows are appended, hash-chained and never touched again.
-- Every other table of facts is a projection of it, written in the same transaction and equal to a replay at any time.
-- Amounts are fen; identifiers, dates, instants, rates and words are text in the form they have in a fact's body.

CREATE TABLE vault_meta (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    vault         TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    signing_key   BLOB NOT NULL CHECK (length(signing_key) = 32),
    object_key    BLOB NOT NULL CHECK (length(object_key) = 32)
) STRICT;

CREATE TABLE fact (
    seq           INTEGER PRIMARY KEY CHECK (seq > 0),
    kind          TEXT NOT NULL,
    subject       TEXT,
    recorded_at   TEXT NOT NULL,
    body          BLOB NOT NULL,
    leaf          BLOB NOT NULL CHECK (length(leaf) = 32),
    chain         BLOB NOT NULL CHECK (length(chain) = 32),
    -- Each fact stands on the one before it. No trigger: one on inserting would open a savepoint for every row, and with
    -- it write out all that the index of words has gathered.
    before        INTEGER GENERATED ALWAYS AS (nullif(seq - 1, 0)) VIRTUAL REFERENCES fact (seq)
) STRICT;

CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are only appended'); END;
CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are only appended'); END;

-- How far the ledger goes, so that one cut off at its end is noticed.
CREATE TABLE ledger_head (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    n             INTEGER NOT NULL,
    h             BLOB NOT NULL CHECK (length(h) = 32)
) STRICT;

-- Files: the object beside the database is encrypted under file_key in 64 KiB chunks.
CREATE TABLE attachment (
    id            TEXT PRIMARY KEY,
    bytes         INTEGER NOT NULL CHECK (bytes >= 0),
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    format        INTEGER NOT NULL,
    file_key      BLOB NOT NULL CHECK (length(file_key) = 32),
    stored_at     TEXT NOT NULL,
    -- Its last record was deleted: the object is gone and its key is zero.
    removed_at    TEXT
) STRICT;

CREATE TABLE party (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    name          TEXT NOT NULL,
    legal_name    TEXT,
    lender_kind   TEXT NOT NULL,
    licence       TEXT,
    note          TEXT
) STRICT;

CREATE TABLE party_alias (
    party         TEXT NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    alias         TEXT NOT NULL,
    PRIMARY KEY (party, position)
) STRICT;
CREATE INDEX party_alias_by_name ON party_alias (alias);

CREATE TABLE party_contact (
    party         TEXT NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    channel       TEXT NOT NULL,
    value         TEXT NOT NULL,
    hours         TEXT,
    verified      TEXT,
    note          TEXT,
    PRIMARY KEY (party, position)
) STRICT;
CREATE INDEX party_contact_by_value ON party_contact (value);

CREATE TABLE loan (
    id                  TEXT PRIMARY KEY,
    opened_seq          INTEGER NOT NULL REFERENCES fact (seq),
    seq                 INTEGER NOT NULL REFERENCES fact (seq),
    corrections         INTEGER NOT NULL DEFAULT 0,
    closed_seq          INTEGER REFERENCES fact (seq),
    closed_on           TEXT,
    close_reason        TEXT,
    name                TEXT NOT NULL,
    product             TEXT NOT NULL,
    contract_no         TEXT,
    note                TEXT,
    -- contract, stated or contract_from_balance
    opening             TEXT NOT NULL,
    paid_terms          INTEGER,
    principal           INTEGER,
    paid_out            INTEGER,
    disbursed_on        TEXT,
    method              TEXT,
    rate                TEXT,
    rate_per            TEXT,
    payment             INTEGER,
    day_count           TEXT,
    terms               INTEGER,
    first_due           TEXT,
    due_day             INTEGER,
    -- month, quarter, week, biweek or a number of days
    period              TEXT,
    penalty             TEXT,
    late_fee            INTEGER,
    allocation_order    TEXT,
    lender_kind         TEXT,
    contract_date       TEXT,
    stated_as_of        TEXT,
    stated_principal    INTEGER,
    stated_interest     INTEGER,
    stated_penalty      INTEGER,
    stated_compound     INTEGER,
    stated_late_fee     INTEGER,
    stated_fees         INTEGER,
    stated_enforcement_cost INTEGER,
    oldest_unpaid_due   TEXT
) STRICT;

CREATE TABLE loan_party (
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    party         TEXT NOT NULL REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    role          TEXT NOT NULL,
    share         TEXT,
    since         TEXT,
    known_by      TEXT,
    PRIMARY KEY (loan, position)
) STRICT;
CREATE INDEX loan_party_by_party ON loan_party (party);

CREATE TABLE loan_fee (
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    fixed         INTEGER,
    of_principal  TEXT,
    taken         TEXT NOT NULL,
    counts_in_cost INTEGER NOT NULL,
    payee         TEXT,
    contract      TEXT,
    PRIMARY KEY (loan, position)
) STRICT;

-- Rows as the lender's own table states them.
CREATE TABLE loan_row (
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    term          INTEGER NOT NULL,
    due           TEXT NOT NULL,
    principal     INTEGER NOT NULL,
    interest      INTEGER NOT NULL,
    fees          INTEGER NOT NULL,
    PRIMARY KEY (loan, term)
) STRICT;

CREATE TABLE payment (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    paid_on       TEXT NOT NULL,
    amount        INTEGER NOT NULL,
    channel       TEXT,
    designation   TEXT,
    note          TEXT,
    together_with TEXT REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
    voided_seq    INTEGER REFERENCES fact (seq),
    void_reason   TEXT,
    returned_seq  INTEGER REFERENCES fact (seq),
    returned_on   TEXT
) STRICT;
CREATE INDEX payment_by_loan ON payment (loan, paid_on);

CREATE TABLE payment_allocation (
    payment       TEXT NOT NULL REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    bucket        TEXT NOT NULL,
    amount        INTEGER NOT NULL,
    PRIMARY KEY (payment, position)
) STRICT;

CREATE TABLE waiver (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    waived_on     TEXT NOT NULL,
    agreement     TEXT REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    note          TEXT
) STRICT;
CREATE INDEX waiver_by_loan ON waiver (loan, waived_on);

CREATE TABLE waiver_amount (
    waiver        INTEGER NOT NULL REFERENCES waiver (seq) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    bucket        TEXT NOT NULL,
    amount        INTEGER NOT NULL,
    PRIMARY KEY (waiver, position)
) STRICT;

CREATE TABLE capacity (
    seq               INTEGER PRIMARY KEY REFERENCES fact (seq),
    as_of             TEXT,
    contract_payments INTEGER,
    buffer            INTEGER,
    worksheet         TEXT NOT NULL
) STRICT;

CREATE TABLE proposal (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    side          TEXT NOT NULL,
    made_at       TEXT NOT NULL,
    in_reply_to   TEXT REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    channel       TEXT,
    waived_principal INTEGER NOT NULL,
    waived_interest  INTEGER NOT NULL,
    waived_penalty   INTEGER NOT NULL,
    waived_compound  INTEGER NOT NULL,
    waived_late_fee  INTEGER NOT NULL,
    waived_fees      INTEGER NOT NULL,
    waived_enforcement_cost INTEGER NOT NULL,
    expires_on    TEXT,
    note          TEXT
) STRICT;
CREATE INDEX proposal_by_loan ON proposal (loan, seq);
CREATE INDEX proposal_by_reply ON proposal (in_reply_to);

CREATE TABLE proposal_row (
    proposal      TEXT NOT NULL REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    due           TEXT NOT NULL,
    amount        INTEGER NOT NULL,
    PRIMARY KEY (proposal, position)
) STRICT;

CREATE TABLE proposal_relief (
    proposal      TEXT NOT NULL REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    relief        TEXT NOT NULL,
    PRIMARY KEY (proposal, position)
) STRICT;

CREATE TABLE agreement (
    id              TEXT PRIMARY KEY,
    seq             INTEGER NOT NULL REFERENCES fact (seq),
    loan            TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    proposal        TEXT REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    supersedes      TEXT UNIQUE REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    agreed_on       TEXT NOT NULL,
    effective_from  TEXT NOT NULL,
    form            TEXT NOT NULL,
    creditor        TEXT,
    payment_account TEXT,
    waived_principal INTEGER NOT NULL,
    waived_interest  INTEGER NOT NULL,
    waived_penalty   INTEGER NOT NULL,
    waived_compound  INTEGER NOT NULL,
    waived_late_fee  INTEGER NOT NULL,
    waived_fees      INTEGER NOT NULL,
    waived_enforcement_cost INTEGER NOT NULL,
    note            TEXT
) STRICT;
CREATE INDEX agreement_by_loan ON agreement (loan, seq);

CREATE TABLE agreement_row (
    agreement     TEXT NOT NULL REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    due           TEXT NOT NULL,
    principal     INTEGER NOT NULL,
    interest      INTEGER NOT NULL,
    fees          INTEGER NOT NULL,
    PRIMARY KEY (agreement, position)
) STRICT;
CREATE INDEX agreement_row_by_due ON agreement_row (due);

-- What happened in a case; the step itself stands in the fact.
CREATE TABLE case_entry (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    loan          TEXT REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    on_day        TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT,
    due           TEXT,
    note          TEXT
) STRICT;
CREATE INDEX case_entry_by_loan ON case_entry (loan, seq);
CREATE INDEX case_entry_by_subject ON case_entry (subject) WHERE subject IS NOT NULL;
CREATE INDEX case_entry_by_due ON case_entry (due) WHERE due IS NOT NULL;

CREATE TABLE case_evidence (
    entry         TEXT NOT NULL REFERENCES case_entry (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (entry, position)
) STRICT;
CREATE INDEX case_evidence_by_record ON case_evidence (record);

-- A file with the records that were read from it.
CREATE TABLE import (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    attachment    TEXT NOT NULL REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    name          TEXT NOT NULL,
    mime          TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    format        TEXT NOT NULL,
    found         INTEGER NOT NULL,
    stored        INTEGER NOT NULL,
    duplicates    INTEGER NOT NULL,
    left_out      INTEGER NOT NULL
) STRICT;

-- A record's place in the list of all by time: its milliseconds times 16, or the next place that is free. What was said
-- stands in the fact alone: a copy here would double what an import writes.
CREATE TABLE evidence_record (
    place         INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    kind          TEXT NOT NULL,
    utc_ms        INTEGER NOT NULL,
    offset_min    INTEGER NOT NULL,
    precision     TEXT NOT NULL,
    time_source   TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    direction     TEXT NOT NULL,
    summary       TEXT NOT NULL,
    language      TEXT NOT NULL,
    extraction_device      TEXT,
    extraction_os          TEXT,
    extraction_app         TEXT,
    extraction_app_version TEXT,
    extraction_tool        TEXT,
    extraction_operator    TEXT,
    extraction_steps       TEXT,
    corrects      TEXT REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    confirmation  TEXT,
    import        TEXT REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
    import_number INTEGER,
    content_key   BLOB CHECK (length(content_key) = 16),
    removed_seq   INTEGER REFERENCES fact (seq),
    removed_reason TEXT
) STRICT;
CREATE UNIQUE INDEX evidence_by_corrects ON evidence_record (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX evidence_by_content ON evidence_record (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX evidence_by_kind ON evidence_record (kind, place);
CREATE INDEX evidence_by_confirmation ON evidence_record (place) WHERE confirmation IS NOT NULL;

-- Every part of every text of the records that hold, under their places (see the vault's search).
CREATE VIRTUAL TABLE search USING fts5 (grams, content = '', contentless_delete = 1, tokenize = 'ascii');
-- Two pages of the index fit in a page of the encrypted database, which keeps 48 bytes for itself. A search that leaps from
-- one rare hit to the next reads half of a page on the way to each, so small ones are faster (measured).
INSERT INTO search (search, rank) VALUES ('pgsz', 1900);

CREATE TABLE evidence_loan (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    place         INTEGER NOT NULL REFERENCES evidence_record (place) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_loan_by_loan ON evidence_loan (loan, place);

CREATE TABLE evidence_proposal (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    proposal      TEXT NOT NULL REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_proposal_by_proposal ON evidence_proposal (proposal);

CREATE TABLE evidence_agreement (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    agreement     TEXT NOT NULL REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_agreement_by_agreement ON evidence_agreement (agreement);

CREATE TABLE evidence_person (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    role          TEXT NOT NULL,
    name          TEXT,
    organisation  TEXT,
    staff_no      TEXT,
    phone         TEXT,
    email         TEXT,
    handle        TEXT,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_person_by_phone ON evidence_person (phone) WHERE phone IS NOT NULL;
-- Few among very many are of collectors.
CREATE INDEX evidence_person_of_collectors ON evidence_person (record) WHERE role = 'collector';

CREATE TABLE evidence_outcome (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    amount        INTEGER,
    terms         INTEGER,
    on_day        TEXT,
    text          TEXT,
    PRIMARY KEY (record, position)
) STRICT;

CREATE TABLE evidence_promise (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    by_role       TEXT NOT NULL,
    what          TEXT NOT NULL,
    due           TEXT,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_promise_by_due ON evidence_promise (due) WHERE due IS NOT NULL;

CREATE TABLE evidence_tag (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    tag           TEXT NOT NULL,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_tag_by_tag ON evidence_tag (tag);

CREATE TABLE evidence_file (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    attachment    TEXT NOT NULL REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    name          TEXT NOT NULL,
    mime          TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    original      INTEGER NOT NULL,
    derived_from  TEXT REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (record, position)
) STRICT;
CREATE INDEX evidence_file_by_attachment ON evidence_file (attachment);

-- What was done with a file, by which fact.
CREATE TABLE custody_log (
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    attachment    TEXT NOT NULL REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    at            TEXT NOT NULL,
    action        TEXT NOT NULL,
    by_whom       TEXT,
    note          TEXT,
    PRIMARY KEY (record, attachment, position)
) STRICT;

CREATE TABLE payment_evidence (
    payment       TEXT NOT NULL REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (payment, position)
) STRICT;
CREATE INDEX payment_evidence_by_record ON payment_evidence (record);

CREATE TABLE proposal_evidence (
    proposal      TEXT NOT NULL REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (proposal, position)
) STRICT;
CREATE INDEX proposal_evidence_by_record ON proposal_evidence (record);

CREATE TABLE agreement_evidence (
    agreement     TEXT NOT NULL REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (agreement, position)
) STRICT;
CREATE INDEX agreement_evidence_by_record ON agreement_evidence (record);

-- What was taken out of the vault, what outside authorities stamped, what the borrower thinks of suggestions.
CREATE TABLE custody (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    action        TEXT NOT NULL,
    masked        INTEGER NOT NULL,
    originals     INTEGER NOT NULL,
    seal          BLOB CHECK (length(seal) = 32)
) STRICT;

CREATE TABLE custody_loan (
    custody       INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (custody, position)
) STRICT;

CREATE TABLE anchor (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    entries       INTEGER NOT NULL,
    stamped_at    TEXT NOT NULL,
    authority     TEXT
) STRICT;

CREATE TABLE conduct_review (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    rule          TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    note          TEXT
) STRICT;

CREATE TABLE conduct_review_record (
    review        INTEGER NOT NULL REFERENCES conduct_review (seq) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (review, position)
) STRICT;

-- No fact: what was asked of an authority and is not answered yet, or was answered.
CREATE TABLE anchor_request (
    imprint       BLOB NOT NULL CHECK (length(imprint) = 32),
    head          BLOB NOT NULL,
    signature     BLOB NOT NULL CHECK (length(signature) = 64),
    nonce         INTEGER NOT NULL,
    requested_at  TEXT NOT NULL,
    PRIMARY KEY (imprint, nonce)
) STRICT;

CREATE TABLE payment_return_evidence (
    payment       TEXT NOT NULL REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (payment, position)
) STRICT;
CREATE INDEX payment_return_evidence_by_record ON payment_return_evidence (record);

-- Time limits and reviews.
CREATE TABLE deadline (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    rule          TEXT NOT NULL,
    starts_on     TEXT NOT NULL,
    party         TEXT REFERENCES party (id) DEFERRABLE INITIALLY DEFERRED,
    reference     TEXT,
    note          TEXT,
    settled_seq   INTEGER REFERENCES fact (seq),
    settled_on    TEXT,
    outcome       TEXT
) STRICT;
CREATE INDEX deadline_running ON deadline (starts_on) WHERE settled_seq IS NULL;

CREATE TABLE deadline_loan (
    deadline      TEXT NOT NULL REFERENCES deadline (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    loan          TEXT NOT NULL REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (deadline, position)
) STRICT;
CREATE INDEX deadline_loan_by_loan ON deadline_loan (loan);

CREATE TABLE deadline_evidence (
    deadline      TEXT NOT NULL REFERENCES deadline (id) DEFERRABLE INITIALLY DEFERRED,
    position      INTEGER NOT NULL,
    record        TEXT NOT NULL REFERENCES evidence_record (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (deadline, position)
) STRICT;
CREATE INDEX deadline_evidence_by_record ON deadline_evidence (record);

CREATE TABLE review (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    reviewed_on   TEXT NOT NULL,
    owed          INTEGER NOT NULL,
    income        INTEGER,
    capacity      INTEGER
) STRICT;
-- Letters: versions, and what became of each.
CREATE TABLE borrower (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    name          TEXT,
    id_number     TEXT,
    phone         TEXT,
    address       TEXT,
    email         TEXT
) STRICT;

CREATE TABLE letter (
    id            TEXT PRIMARY KEY,
    seq           INTEGER NOT NULL REFERENCES fact (seq),
    kind          TEXT NOT NULL,
    loan          TEXT REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    replaces      TEXT REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED,
    template      INTEGER NOT NULL,
    place         TEXT,
    made_at       TEXT NOT NULL,
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;
CREATE INDEX letter_by_loan ON letter (loan, seq);
CREATE INDEX letter_by_replaces ON letter (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE letter_event (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    letter        TEXT NOT NULL REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED,
    event         TEXT NOT NULL,
    at            TEXT NOT NULL,
    reply_due     TEXT
) STRICT;
CREATE INDEX letter_event_by_letter ON letter_event (letter, seq);

-- Rules as the borrower knows them better; the last row of a rule and day holds.
CREATE TABLE own_rule (
    seq           INTEGER PRIMARY KEY REFERENCES fact (seq),
    rule          TEXT NOT NULL,
    quoted_on     TEXT,
    value         TEXT
) STRICT;

-- No facts: what this program did and what its user prefers.
CREATE TABLE reminder_shown (
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    place         INTEGER NOT NULL,
    due           TEXT NOT NULL,
    stage         INTEGER NOT NULL,
    stood_at      TEXT NOT NULL,
    settled_at    TEXT NOT NULL,
    settled       TEXT NOT NULL,
    PRIMARY KEY (kind, subject, place, due, stage)
) STRICT;

CREATE TABLE reminder_snoozed (
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    place         INTEGER NOT NULL,
    due           TEXT NOT NULL,
    stage         INTEGER NOT NULL,
    until         TEXT NOT NULL,
    PRIMARY KEY (kind, subject, place, due, stage)
) STRICT;

-- Payments found in statements that the user said are none on a loan.
CREATE TABLE suggestion_declined (
    record        TEXT PRIMARY KEY
) STRICT;

CREATE TABLE setting (
    name          TEXT PRIMARY KEY,
    value         TEXT NOT NULL
) STRICT;

-- Forms that were half filled in when the vault was locked.
CREATE TABLE draft (
    name          TEXT PRIMARY KEY,
    body          TEXT NOT NULL,
    saved_at      TEXT NOT NULL
) STRICT;
