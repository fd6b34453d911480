-- What no model can express. Each guard holds with foreign keys off and recursive triggers off too,
-- as in a plain sqlite3 shell; so BEFORE INSERT refuses whatever REPLACE would silently delete, and a
-- trigger looks whether what it wrote is there, because INSERT OR IGNORE makes its statements give up.
-- INSERT OR FAIL keeps what was written before a constraint failed: what a trigger writes must not be able
-- to fail one, so `events` has every CHECK of the tables written from it. And UPDATE OF id does not see an
-- UPDATE of rowid: the values are compared instead.

-- The ordinary next event takes one look at its dispute; only what is out of place is looked at closer.
CREATE TRIGGER events_must_follow BEFORE INSERT ON events
WHEN NEW.operation_id IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM disputes
                 WHERE id = NEW.dispute_id AND version = NEW.seq - 1 AND state = NEW.from_state)
  OR NOT EXISTS (SELECT 1 FROM transitions
                 WHERE from_state = NEW.from_state AND action = NEW.action AND to_state = NEW.to_state)
BEGIN
  SELECT CASE
    WHEN NEW.seq <> 1 + coalesce((SELECT version FROM disputes WHERE id = NEW.dispute_id), 0)
      THEN raise(ABORT, 'dispcli: the history has moved on')
    WHEN NEW.from_state <> coalesce((SELECT state FROM disputes WHERE id = NEW.dispute_id), 'none')
      THEN raise(ABORT, 'dispcli: the dispute is not in that state')
    WHEN NOT EXISTS (SELECT 1 FROM transitions
                     WHERE from_state = NEW.from_state AND action = NEW.action AND to_state = NEW.to_state)
      THEN raise(ABORT, 'dispcli: the rules allow no such step')
    WHEN NEW.operation_id IS NOT NULL
         AND EXISTS (SELECT 1 FROM events WHERE operation_id = NEW.operation_id
                     AND dispute_id = NEW.dispute_id AND action = NEW.action)
      THEN raise(ABORT, 'dispcli: the operation is recorded already')
  END;
END;

CREATE TRIGGER events_keep_returns BEFORE INSERT ON events WHEN NEW.action = 'keep'
BEGIN
  SELECT raise(ABORT, 'dispcli: keep returns to where the request came from')
  WHERE NEW.to_state IS NOT (SELECT origin FROM disputes WHERE id = NEW.dispute_id);
END;

CREATE TRIGGER events_open_once BEFORE INSERT ON events WHEN NEW.action = 'open'
BEGIN
  SELECT raise(ABORT, 'dispcli: a dispute about the same goods is open')
  WHERE EXISTS (
    SELECT 1 FROM disputes
    WHERE order_id = NEW.order_id AND +is_open = 1
      AND (line_id IS NULL OR NEW.line_id IS NULL
           OR line_id = NEW.line_id));
END;

CREATE TRIGGER events_open AFTER INSERT ON events WHEN NEW.action = 'open'
BEGIN
  INSERT INTO disputes (id, order_id, line_id, platform_id, reason, reason_raw, remedy, amount_minor,
                        currency, state, version, opened_at, updated_at)
  VALUES (NEW.dispute_id, NEW.order_id, NEW.line_id,
          NEW.platform_id, NEW.claim_reason,
          NEW.claim_raw, NEW.remedy,
          NEW.amount_minor, NEW.currency,
          NEW.to_state, NEW.seq, coalesce(NEW.happened_at, NEW.at), NEW.at);
  SELECT raise(ABORT, 'dispcli: the dispute did not move with its event')
  WHERE NOT EXISTS (SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND version = NEW.seq);
END;

CREATE TRIGGER events_move AFTER INSERT ON events WHEN NEW.action <> 'open' AND NEW.fact IS NOT 'claim'
BEGIN
  UPDATE disputes
  SET version = NEW.seq,
      state = NEW.to_state,
      origin = CASE WHEN NEW.to_state <> 'cancel_requested' THEN NULL
                    WHEN NEW.from_state = 'cancel_requested' THEN origin ELSE NEW.from_state END,
      outcome = CASE WHEN NEW.from_state = NEW.to_state THEN outcome ELSE NEW.outcome END,
      seen_at = CASE WHEN NEW.fact IS 'done'
                       OR (NEW.action = 'observe' AND NEW.to_state = 'cancelled') THEN NEW.at
                     ELSE seen_at END,
      replaced_by = CASE WHEN NEW.fact IS 'replaced' THEN NEW.replaced_by
                         ELSE replaced_by END,
      platform_id = CASE WHEN NEW.fact IS 'replaced' THEN NULL
                         WHEN NEW.fact IS 'known_as' THEN NEW.reference
                         ELSE platform_id END,
      updated_at = NEW.at
  WHERE id = NEW.dispute_id;
  SELECT raise(ABORT, 'dispcli: the dispute did not move with its event') WHERE changes() <> 1;
END;

CREATE TRIGGER events_revise AFTER INSERT ON events WHEN NEW.action <> 'open' AND NEW.fact IS 'claim'
BEGIN
  UPDATE disputes
  SET version = NEW.seq,
      state = NEW.to_state,
      origin = NULL,
      reason = NEW.claim_reason,
      reason_raw = NEW.claim_raw,
      remedy = NEW.remedy,
      amount_minor = NEW.amount_minor,
      currency = NEW.currency,
      updated_at = NEW.at
  WHERE id = NEW.dispute_id;
  SELECT raise(ABORT, 'dispcli: the dispute did not move with its event') WHERE changes() <> 1;
END;

CREATE TRIGGER events_message AFTER INSERT ON events WHEN NEW.fact IS 'message'
BEGIN
  INSERT INTO messages (dispute_id, seq, speaker, at, text)
  VALUES (NEW.dispute_id, NEW.seq, NEW.speaker, coalesce(NEW.happened_at, NEW.at),
          NEW.text);
  SELECT raise(ABORT, 'dispcli: the fact was not kept with its event')
  WHERE NOT EXISTS (SELECT 1 FROM messages WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq);
END;

CREATE TRIGGER events_settlement AFTER INSERT ON events WHEN NEW.fact IS 'settlement'
BEGIN
  INSERT INTO settlements (dispute_id, seq, kind, stage, amount_minor, currency, at, reference)
  VALUES (NEW.dispute_id, NEW.seq, NEW.settlement_kind, NEW.settlement_stage,
          NEW.amount_minor, NEW.currency,
          coalesce(NEW.happened_at, NEW.at), NEW.reference);
  SELECT raise(ABORT, 'dispcli: the fact was not kept with its event')
  WHERE NOT EXISTS (SELECT 1 FROM settlements WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq);
END;

CREATE TRIGGER events_evidence AFTER INSERT ON events WHEN NEW.fact IS 'evidence'
BEGIN
  INSERT INTO evidence (dispute_id, seq, sha256, name, media_type, size, at)
  VALUES (NEW.dispute_id, NEW.seq, NEW.sha256, NEW.file_name,
          NEW.media_type, NEW.file_size,
          coalesce(NEW.happened_at, NEW.at));
  SELECT raise(ABORT, 'dispcli: the fact was not kept with its event')
  WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq);
END;

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;

CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;

CREATE TRIGGER disputes_come_from_events BEFORE INSERT ON disputes
WHEN EXISTS (SELECT 1 FROM disputes WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM events WHERE dispute_id = NEW.id AND seq = 1 AND NEW.version = 1
                 AND to_state = NEW.state AND events.order_id = NEW.order_id
                 AND events.line_id IS NEW.line_id)
BEGIN SELECT raise(ABORT, 'dispcli: a dispute is made by its first event'); END;

CREATE TRIGGER disputes_follow_events BEFORE UPDATE ON disputes
WHEN NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id
  OR NEW.line_id IS NOT OLD.line_id OR NEW.opened_at <> OLD.opened_at
  OR NOT EXISTS (SELECT 1 FROM events WHERE dispute_id = NEW.id AND seq = NEW.version
                 AND to_state = NEW.state AND from_state = OLD.state AND at = NEW.updated_at)
BEGIN SELECT raise(ABORT, 'dispcli: a dispute moves by its next event only'); END;

CREATE TRIGGER disputes_remain BEFORE DELETE ON disputes
BEGIN SELECT raise(ABORT, 'dispcli: a dispute is never deleted'); END;

CREATE TRIGGER messages_come_from_events BEFORE INSERT ON messages
WHEN EXISTS (SELECT 1 FROM messages WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq)
  OR NOT EXISTS (SELECT 1 FROM events WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq
                 AND fact = 'message' AND events.text = NEW.text)
BEGIN SELECT raise(ABORT, 'dispcli: a message is made by its event'); END;

CREATE TRIGGER messages_stay BEFORE UPDATE ON messages
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;

CREATE TRIGGER messages_remain BEFORE DELETE ON messages
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;

CREATE TRIGGER settlements_come_from_events BEFORE INSERT ON settlements
WHEN EXISTS (SELECT 1 FROM settlements WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq)
  OR NOT EXISTS (SELECT 1 FROM events WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq
                 AND fact = 'settlement' AND events.settlement_stage = NEW.stage
                 AND events.amount_minor IS NEW.amount_minor)
BEGIN SELECT raise(ABORT, 'dispcli: a settlement is made by its event'); END;

CREATE TRIGGER settlements_stay BEFORE UPDATE ON settlements
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;

CREATE TRIGGER settlements_remain BEFORE DELETE ON settlements
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;

CREATE TRIGGER evidence_comes_from_events BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM evidence WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq)
  OR NOT EXISTS (SELECT 1 FROM events WHERE dispute_id = NEW.dispute_id AND seq = NEW.seq
                 AND fact = 'evidence' AND events.sha256 = NEW.sha256)
BEGIN SELECT raise(ABORT, 'dispcli: evidence is made by its event'); END;

CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;

CREATE TRIGGER evidence_remains BEFORE DELETE ON evidence
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;

CREATE TRIGGER transitions_closed BEFORE INSERT ON transitions
BEGIN SELECT raise(ABORT, 'dispcli: the table of steps is closed'); END;

CREATE TRIGGER transitions_stay BEFORE UPDATE ON transitions
BEGIN SELECT raise(ABORT, 'dispcli: the table of steps is closed'); END;

CREATE TRIGGER transitions_remain BEFORE DELETE ON transitions
BEGIN SELECT raise(ABORT, 'dispcli: the table of steps is closed'); END;

CREATE TRIGGER orders_once BEFORE INSERT ON orders
WHEN EXISTS (SELECT 1 FROM orders WHERE marketplace = NEW.marketplace AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM orders WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'dispcli: the order is known already'); END;

CREATE TRIGGER orders_remain BEFORE DELETE ON orders
WHEN EXISTS (SELECT 1 FROM disputes WHERE order_id = OLD.id)
BEGIN SELECT raise(ABORT, 'dispcli: a disputed order is never deleted'); END;

CREATE TRIGGER orders_stay_themselves BEFORE UPDATE ON orders
WHEN NEW.id <> OLD.id OR NEW.marketplace IS NOT OLD.marketplace OR NEW.number IS NOT OLD.number
BEGIN SELECT raise(ABORT, 'dispcli: an order keeps its number'); END;

CREATE TRIGGER order_lines_once BEFORE INSERT ON order_lines
WHEN EXISTS (SELECT 1 FROM order_lines WHERE order_id = NEW.order_id AND position = NEW.position)
  OR EXISTS (SELECT 1 FROM order_lines WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'dispcli: the line is known already'); END;

CREATE TRIGGER order_lines_remain BEFORE DELETE ON order_lines
WHEN EXISTS (SELECT 1 FROM disputes WHERE order_id = OLD.order_id)
BEGIN SELECT raise(ABORT, 'dispcli: a line of a disputed order is never deleted'); END;

CREATE TRIGGER order_lines_stay_themselves BEFORE UPDATE ON order_lines
WHEN NEW.id <> OLD.id OR NEW.order_id IS NOT OLD.order_id OR NEW.position IS NOT OLD.position
BEGIN SELECT raise(ABORT, 'dispcli: a line stays with its order'); END;

CREATE TRIGGER seller_ratings_once BEFORE INSERT ON seller_ratings
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM seller_ratings WHERE seller_id = NEW.seller_id), 0)
BEGIN SELECT raise(ABORT, 'dispcli: the ratings have moved on'); END;

CREATE TRIGGER seller_ratings_stay BEFORE UPDATE ON seller_ratings
BEGIN SELECT raise(ABORT, 'dispcli: a rating is never changed'); END;

CREATE TRIGGER seller_ratings_remain BEFORE DELETE ON seller_ratings
BEGIN SELECT raise(ABORT, 'dispcli: a rating is never deleted'); END;

CREATE TRIGGER idempotency_keys_once BEFORE INSERT ON idempotency_keys
WHEN EXISTS (SELECT 1 FROM idempotency_keys
             WHERE operation_id = NEW.operation_id AND kind = NEW.kind AND dispute_id = NEW.dispute_id)
BEGIN SELECT raise(ABORT, 'dispcli: the operation is recorded already'); END;

CREATE TRIGGER idempotency_keys_stay BEFORE UPDATE ON idempotency_keys
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;

CREATE TRIGGER idempotency_keys_remain BEFORE DELETE ON idempotency_keys
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;
