PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE sellers ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, marketplace TEXT NOT NULL, store_id TEXT, name TEXT NOT NULL, url TEXT, seen_at TEXT NOT NULL, CONSTRAINT id_positive CHECK (id > 0) ) STRICT;
INSERT INTO sellers VALUES(1,'aliexpress','1101','Bright Lamp Store',NULL,'2026-09-20T01:52:51Z');
INSERT INTO sellers VALUES(2,'aliexpress','1102','Tool Harbour',NULL,'2026-10-21T01:52:51Z');
INSERT INTO sellers VALUES(3,'aliexpress','1103','Cable House',NULL,'2026-10-25T01:52:51Z');
CREATE TABLE orders ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, marketplace TEXT NOT NULL, number TEXT NOT NULL, seller_id INTEGER, placed TEXT NOT NULL, placed_exact INTEGER NOT NULL, status TEXT NOT NULL, status_raw TEXT, currency TEXT, total_minor INTEGER, shipped TEXT, delivered TEXT, protection_ends TEXT, purchase_id INTEGER, seen_at TEXT NOT NULL, updated_at TEXT NOT NULL, sort_currency TEXT NOT NULL GENERATED ALWAYS AS (coalesce(currency, '')) STORED, sort_minor INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(total_minor, -1)) STORED, UNIQUE (marketplace, number), CONSTRAINT status_known CHECK (status = 'placed' OR status = 'paid' OR status = 'shipped' OR status = 'delivered' OR status = 'completed' OR status = 'cancelled' OR status = 'closed' OR status = 'frozen' OR status = 'unknown'), CONSTRAINT total_has_currency CHECK ((total_minor IS NULL OR currency IS NOT NULL) AND (currency IS NULL OR length(currency) = 3)), CONSTRAINT placed_exact_known CHECK (placed_exact IN (0, 1)), CONSTRAINT id_positive CHECK (id > 0), FOREIGN KEY(seller_id) REFERENCES sellers (id), FOREIGN KEY(purchase_id) REFERENCES orders (id) ) STRICT;
INSERT INTO orders VALUES(1,'aliexpress','8190000000000101',1,'2026-09-20',1,'delivered',NULL,'USD',2399,NULL,'2026-10-10','2026-12-19',NULL,'2026-09-20T01:52:51Z','2026-09-20T01:52:51Z');
INSERT INTO orders VALUES(2,'aliexpress','8190000000000102',1,'2026-10-13',1,'shipped',NULL,'USD',1798,NULL,NULL,'2027-01-11',NULL,'2026-10-13T01:52:51Z','2026-10-13T01:52:51Z');
INSERT INTO orders VALUES(3,'aliexpress','8190000000000103',2,'2026-10-21',1,'delivered',NULL,'EUR',4550,NULL,'2026-11-10','2027-01-19',NULL,'2026-10-21T01:52:51Z','2026-10-21T01:52:51Z');
INSERT INTO orders VALUES(4,'aliexpress','8190000000000104',3,'2026-10-25',1,'shipped',NULL,'USD',1240,NULL,NULL,'2026-11-25',NULL,'2026-10-25T01:52:51Z','2026-10-25T01:52:51Z');
INSERT INTO orders VALUES(5,'aliexpress','8190000000000105',2,'2026-11-02',1,'delivered',NULL,'EUR',1890,NULL,'2026-11-22','2027-01-31',NULL,'2026-11-02T01:52:51Z','2026-11-02T01:52:51Z');
INSERT INTO orders VALUES(6,'aliexpress','8190000000000106',3,'2026-11-17',1,'shipped',NULL,'USD',3150,NULL,NULL,'2027-02-14',NULL,'2026-11-26T11:29:14Z','2026-11-26T11:29:14Z');
CREATE TABLE order_lines ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL, position INTEGER NOT NULL, platform_id TEXT, product_id TEXT, sku_id TEXT, title TEXT NOT NULL, attributes TEXT, quantity INTEGER NOT NULL, unit_minor INTEGER, currency TEXT, url TEXT, UNIQUE (order_id, position), UNIQUE (order_id, id), CONSTRAINT unit_minor_has_currency CHECK ((unit_minor IS NULL) = (currency IS NULL) AND (currency IS NULL OR length(currency) = 3)), CONSTRAINT quantity_positive CHECK (quantity > 0), CONSTRAINT id_positive CHECK (id > 0), FOREIGN KEY(order_id) REFERENCES orders (id) ) STRICT;
INSERT INTO order_lines VALUES(1,1,1,NULL,NULL,NULL,'LED desk lamp, dimmable, USB-C',NULL,1,2399,'USD',NULL);
INSERT INTO order_lines VALUES(2,2,1,NULL,NULL,NULL,'Replacement bulbs E14, pack of 6',NULL,2,899,'USD',NULL);
INSERT INTO order_lines VALUES(3,3,1,NULL,NULL,NULL,'Ultrasonic cleaner 2 l',NULL,1,4550,'EUR',NULL);
INSERT INTO order_lines VALUES(4,4,1,NULL,NULL,NULL,'HDMI 2.1 cable 3 m',NULL,1,1240,'USD',NULL);
INSERT INTO order_lines VALUES(5,5,1,NULL,NULL,NULL,'Precision screwdriver set, 60 pieces',NULL,1,1890,'EUR',NULL);
INSERT INTO order_lines VALUES(6,6,1,NULL,NULL,NULL,'USB-C hub 7 in 1',NULL,1,3150,'USD',NULL);
CREATE TABLE transitions ( from_state TEXT NOT NULL, action TEXT NOT NULL, to_state TEXT NOT NULL, PRIMARY KEY (from_state, action, to_state) ) WITHOUT ROWID, STRICT;
INSERT INTO transitions VALUES('agreed','escalate','escalated');
INSERT INTO transitions VALUES('agreed','issue','settling');
INSERT INTO transitions VALUES('agreed','lapse','resolved');
INSERT INTO transitions VALUES('agreed','note','agreed');
INSERT INTO transitions VALUES('agreed','observe','agreed');
INSERT INTO transitions VALUES('agreed','observe','answered');
INSERT INTO transitions VALUES('agreed','observe','cancelled');
INSERT INTO transitions VALUES('agreed','observe','escalated');
INSERT INTO transitions VALUES('agreed','observe','opened');
INSERT INTO transitions VALUES('agreed','observe','resolved');
INSERT INTO transitions VALUES('agreed','observe','returning');
INSERT INTO transitions VALUES('agreed','observe','settling');
INSERT INTO transitions VALUES('agreed','receive','resolved');
INSERT INTO transitions VALUES('agreed','ship_return','returning');
INSERT INTO transitions VALUES('answered','accept','agreed');
INSERT INTO transitions VALUES('answered','answer','answered');
INSERT INTO transitions VALUES('answered','concede','agreed');
INSERT INTO transitions VALUES('answered','escalate','escalated');
INSERT INTO transitions VALUES('answered','lapse','resolved');
INSERT INTO transitions VALUES('answered','note','answered');
INSERT INTO transitions VALUES('answered','observe','agreed');
INSERT INTO transitions VALUES('answered','observe','answered');
INSERT INTO transitions VALUES('answered','observe','cancelled');
INSERT INTO transitions VALUES('answered','observe','escalated');
INSERT INTO transitions VALUES('answered','observe','opened');
INSERT INTO transitions VALUES('answered','observe','resolved');
INSERT INTO transitions VALUES('answered','observe','returning');
INSERT INTO transitions VALUES('answered','observe','settling');
INSERT INTO transitions VALUES('answered','request_cancel','cancel_requested');
INSERT INTO transitions VALUES('answered','revise','opened');
INSERT INTO transitions VALUES('cancel_requested','answer','answered');
INSERT INTO transitions VALUES('cancel_requested','concede','agreed');
INSERT INTO transitions VALUES('cancel_requested','confirm_cancel','cancelled');
INSERT INTO transitions VALUES('cancel_requested','decide','agreed');
INSERT INTO transitions VALUES('cancel_requested','decide','resolved');
INSERT INTO transitions VALUES('cancel_requested','keep','answered');
INSERT INTO transitions VALUES('cancel_requested','keep','escalated');
INSERT INTO transitions VALUES('cancel_requested','keep','opened');
INSERT INTO transitions VALUES('cancel_requested','lapse','resolved');
INSERT INTO transitions VALUES('cancel_requested','note','cancel_requested');
INSERT INTO transitions VALUES('cancel_requested','observe','agreed');
INSERT INTO transitions VALUES('cancel_requested','observe','answered');
INSERT INTO transitions VALUES('cancel_requested','observe','cancel_requested');
INSERT INTO transitions VALUES('cancel_requested','observe','cancelled');
INSERT INTO transitions VALUES('cancel_requested','observe','escalated');
INSERT INTO transitions VALUES('cancel_requested','observe','opened');
INSERT INTO transitions VALUES('cancel_requested','observe','resolved');
INSERT INTO transitions VALUES('cancel_requested','observe','returning');
INSERT INTO transitions VALUES('cancel_requested','observe','settling');
INSERT INTO transitions VALUES('cancel_requested','request_cancel','cancel_requested');
INSERT INTO transitions VALUES('cancelled','note','cancelled');
INSERT INTO transitions VALUES('escalated','concede','agreed');
INSERT INTO transitions VALUES('escalated','decide','agreed');
INSERT INTO transitions VALUES('escalated','decide','resolved');
INSERT INTO transitions VALUES('escalated','note','escalated');
INSERT INTO transitions VALUES('escalated','observe','agreed');
INSERT INTO transitions VALUES('escalated','observe','answered');
INSERT INTO transitions VALUES('escalated','observe','cancelled');
INSERT INTO transitions VALUES('escalated','observe','escalated');
INSERT INTO transitions VALUES('escalated','observe','opened');
INSERT INTO transitions VALUES('escalated','observe','resolved');
INSERT INTO transitions VALUES('escalated','observe','returning');
INSERT INTO transitions VALUES('escalated','observe','settling');
INSERT INTO transitions VALUES('escalated','request_cancel','cancel_requested');
INSERT INTO transitions VALUES('none','open','opened');
INSERT INTO transitions VALUES('opened','answer','answered');
INSERT INTO transitions VALUES('opened','concede','agreed');
INSERT INTO transitions VALUES('opened','escalate','escalated');
INSERT INTO transitions VALUES('opened','lapse','resolved');
INSERT INTO transitions VALUES('opened','note','opened');
INSERT INTO transitions VALUES('opened','observe','agreed');
INSERT INTO transitions VALUES('opened','observe','answered');
INSERT INTO transitions VALUES('opened','observe','cancelled');
INSERT INTO transitions VALUES('opened','observe','escalated');
INSERT INTO transitions VALUES('opened','observe','opened');
INSERT INTO transitions VALUES('opened','observe','resolved');
INSERT INTO transitions VALUES('opened','observe','returning');
INSERT INTO transitions VALUES('opened','observe','settling');
INSERT INTO transitions VALUES('opened','request_cancel','cancel_requested');
INSERT INTO transitions VALUES('opened','revise','opened');
INSERT INTO transitions VALUES('resolved','note','resolved');
INSERT INTO transitions VALUES('returning','escalate','escalated');
INSERT INTO transitions VALUES('returning','issue','settling');
INSERT INTO transitions VALUES('returning','lapse','resolved');
INSERT INTO transitions VALUES('returning','note','returning');
INSERT INTO transitions VALUES('returning','observe','agreed');
INSERT INTO transitions VALUES('returning','observe','answered');
INSERT INTO transitions VALUES('returning','observe','cancelled');
INSERT INTO transitions VALUES('returning','observe','escalated');
INSERT INTO transitions VALUES('returning','observe','opened');
INSERT INTO transitions VALUES('returning','observe','resolved');
INSERT INTO transitions VALUES('returning','observe','returning');
INSERT INTO transitions VALUES('returning','observe','settling');
INSERT INTO transitions VALUES('returning','receive','resolved');
INSERT INTO transitions VALUES('settling','note','settling');
INSERT INTO transitions VALUES('settling','observe','agreed');
INSERT INTO transitions VALUES('settling','observe','answered');
INSERT INTO transitions VALUES('settling','observe','cancelled');
INSERT INTO transitions VALUES('settling','observe','escalated');
INSERT INTO transitions VALUES('settling','observe','opened');
INSERT INTO transitions VALUES('settling','observe','resolved');
INSERT INTO transitions VALUES('settling','observe','returning');
INSERT INTO transitions VALUES('settling','observe','settling');
INSERT INTO transitions VALUES('settling','receive','resolved');
CREATE TABLE disputes ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL, line_id INTEGER, platform_id TEXT, reason TEXT NOT NULL, reason_raw TEXT, remedy TEXT NOT NULL, amount_minor INTEGER, currency TEXT, state TEXT NOT NULL, origin TEXT, outcome TEXT, version INTEGER NOT NULL, is_open INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN state IN ('cancelled', 'resolved') THEN 0 ELSE 1 END) STORED, sort_currency TEXT NOT NULL GENERATED ALWAYS AS (coalesce(currency, '')) STORED, sort_minor INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(amount_minor, -1)) STORED, opened_at TEXT NOT NULL, updated_at TEXT NOT NULL, seen_at TEXT, replaced_by INTEGER, FOREIGN KEY(order_id) REFERENCES orders (id), FOREIGN KEY(order_id, line_id) REFERENCES order_lines (order_id, id), FOREIGN KEY(id, version, state) REFERENCES events (dispute_id, seq, to_state) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT state_known CHECK (state = 'opened' OR state = 'answered' OR state = 'escalated' OR state = 'agreed' OR state = 'returning' OR state = 'settling' OR state = 'cancel_requested' OR state = 'cancelled' OR state = 'resolved'), CONSTRAINT outcome_known CHECK (outcome IS NULL OR outcome = 'refunded' OR outcome = 'partly_refunded' OR outcome = 'returned_and_refunded' OR outcome = 'replaced' OR outcome = 'rejected' OR outcome = 'expired' OR outcome = 'unknown'), CONSTRAINT remedy_known CHECK (remedy = 'refund' OR remedy = 'partial_refund' OR remedy = 'return_and_refund' OR remedy = 'replacement'), CONSTRAINT amount_minor_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL) AND (currency IS NULL OR length(currency) = 3)), CONSTRAINT outcome_when_resolved CHECK ((state = 'resolved') = (outcome IS NOT NULL)), CONSTRAINT origin_when_requested CHECK ((state = 'cancel_requested') = (origin IS NOT NULL)) ) STRICT;
INSERT INTO disputes VALUES(1,1,1,NULL,'not-as-described',NULL,'partial_refund',1000,'USD','cancelled',NULL,NULL,6,'2026-11-11T01:52:51Z','2026-11-26T11:29:14Z',NULL,NULL);
INSERT INTO disputes VALUES(2,3,3,NULL,'defective',NULL,'refund',4550,'EUR','opened',NULL,NULL,3,'2026-11-03T01:52:51Z','2026-11-07T01:52:51Z',NULL,NULL);
INSERT INTO disputes VALUES(3,4,4,NULL,'not-received',NULL,'refund',1240,'USD','escalated',NULL,NULL,5,'2026-11-19T01:52:51Z','2026-11-26T11:29:15Z',NULL,NULL);
CREATE TABLE events ( dispute_id INTEGER NOT NULL, seq INTEGER NOT NULL, previous_seq INTEGER, at TEXT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL, action TEXT NOT NULL, party TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, outcome TEXT, reason TEXT, note TEXT, happened_at TEXT, operation_id TEXT, findings TEXT, fact TEXT, order_id INTEGER, line_id INTEGER, platform_id TEXT, claim_reason TEXT, claim_raw TEXT, remedy TEXT, amount_minor INTEGER, currency TEXT, settlement_kind TEXT, settlement_stage TEXT, reference TEXT, speaker TEXT, text TEXT, sha256 TEXT, file_name TEXT, media_type TEXT, file_size INTEGER, due_party TEXT, due_at TEXT, word TEXT, replaced_by INTEGER, PRIMARY KEY (dispute_id, seq), FOREIGN KEY(dispute_id) REFERENCES disputes (id), FOREIGN KEY(from_state, action, to_state) REFERENCES transitions (from_state, action, to_state), FOREIGN KEY(dispute_id, previous_seq, from_state) REFERENCES events (dispute_id, seq, to_state), UNIQUE (dispute_id, seq, to_state), CONSTRAINT action_known CHECK (action = 'open' OR action = 'revise' OR action = 'answer' OR action = 'concede' OR action = 'accept' OR action = 'escalate' OR action = 'decide' OR action = 'ship_return' OR action = 'issue' OR action = 'receive' OR action = 'lapse' OR action = 'request_cancel' OR action = 'keep' OR action = 'confirm_cancel' OR action = 'observe' OR action = 'note'), CONSTRAINT party_known CHECK (party = 'buyer' OR party = 'seller' OR party = 'platform' OR party = 'time' OR party = 'import'), CONSTRAINT outcome_known CHECK (outcome IS NULL OR outcome = 'refunded' OR outcome = 'partly_refunded' OR outcome = 'returned_and_refunded' OR outcome = 'replaced' OR outcome = 'rejected' OR outcome = 'expired' OR outcome = 'unknown'), CONSTRAINT fact_known CHECK (fact IS NULL OR fact = 'claim' OR fact = 'offer' OR fact = 'settlement' OR fact = 'message' OR fact = 'evidence' OR fact = 'due' OR fact = 'done' OR fact = 'sighting' OR fact = 'replaced' OR fact = 'known_as' OR fact = 'upheld'), CONSTRAINT opening_is_first CHECK ((seq = 1) = (from_state = 'none')), CONSTRAINT previous_is_previous CHECK ((seq = 1 AND previous_seq IS NULL) OR previous_seq = seq - 1), CONSTRAINT outcome_when_resolved CHECK ((outcome IS NOT NULL) = (to_state = 'resolved' AND from_state <> 'resolved')), CONSTRAINT cancel_has_reason CHECK (action <> 'request_cancel' OR reason IS NOT NULL), CONSTRAINT order_when_opened CHECK ((action = 'open') = (order_id IS NOT NULL)), CONSTRAINT claim_when_opened CHECK ((action IN ('open', 'revise')) = (coalesce(fact, '') = 'claim')), CONSTRAINT claim_has_claim_reason CHECK (coalesce(fact, '') <> 'claim' OR claim_reason IS NOT NULL), CONSTRAINT claim_has_remedy CHECK (coalesce(fact, '') <> 'claim' OR remedy IS NOT NULL), CONSTRAINT settlement_has_settlement_kind CHECK (coalesce(fact, '') <> 'settlement' OR settlement_kind IS NOT NULL), CONSTRAINT settlement_has_settlement_stage CHECK (coalesce(fact, '') <> 'settlement' OR settlement_stage IS NOT NULL), CONSTRAINT message_has_speaker CHECK (coalesce(fact, '') <> 'message' OR speaker IS NOT NULL), CONSTRAINT message_has_text CHECK (coalesce(fact, '') <> 'message' OR text IS NOT NULL), CONSTRAINT evidence_has_sha256 CHECK (coalesce(fact, '') <> 'evidence' OR sha256 IS NOT NULL), CONSTRAINT evidence_has_file_name CHECK (coalesce(fact, '') <> 'evidence' OR file_name IS NOT NULL), CONSTRAINT evidence_has_media_type CHECK (coalesce(fact, '') <> 'evidence' OR media_type IS NOT NULL), CONSTRAINT evidence_has_file_size CHECK (coalesce(fact, '') <> 'evidence' OR file_size IS NOT NULL), CONSTRAINT due_has_due_party CHECK (coalesce(fact, '') <> 'due' OR due_party IS NOT NULL), CONSTRAINT due_has_due_at CHECK (coalesce(fact, '') <> 'due' OR due_at IS NOT NULL), CONSTRAINT sighting_has_word CHECK (coalesce(fact, '') <> 'sighting' OR word IS NOT NULL), CONSTRAINT replaced_has_replaced_by CHECK (coalesce(fact, '') <> 'replaced' OR replaced_by IS NOT NULL), CONSTRAINT known_as_has_reference CHECK (coalesce(fact, '') <> 'known_as' OR reference IS NOT NULL), CONSTRAINT amount_minor_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL) AND (currency IS NULL OR length(currency) = 3)), CONSTRAINT amount_when_fact_has_one CHECK (currency IS NULL OR fact IS 'claim' OR fact IS 'offer' OR fact IS 'settlement'), CONSTRAINT remedy_known CHECK (remedy IS NULL OR remedy = 'refund' OR remedy = 'partial_refund' OR remedy = 'return_and_refund' OR remedy = 'replacement'), CONSTRAINT settlement_kind_known CHECK (settlement_kind IS NULL OR settlement_kind = 'refund' OR settlement_kind = 'replacement'), CONSTRAINT settlement_stage_known CHECK (settlement_stage IS NULL OR settlement_stage = 'promised' OR settlement_stage = 'issued' OR settlement_stage = 'received'), CONSTRAINT speaker_known CHECK (speaker IS NULL OR speaker = 'buyer' OR speaker = 'seller' OR speaker = 'platform' OR speaker = 'time' OR speaker = 'import'), CONSTRAINT due_party_known CHECK (due_party IS NULL OR due_party = 'buyer' OR due_party = 'seller' OR due_party = 'platform' OR due_party = 'time' OR due_party = 'import'), CONSTRAINT dispute_id_positive CHECK (dispute_id > 0) ) WITHOUT ROWID, STRICT;
INSERT INTO events VALUES(1,1,NULL,'2026-11-11T01:52:51Z','demo','demo','open','buyer','none','opened',NULL,NULL,NULL,NULL,NULL,NULL,'claim',1,1,NULL,'not-as-described',NULL,'partial_refund',1000,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(1,2,1,'2026-11-14T01:52:51Z','demo','demo','answer','seller','opened','answered',NULL,NULL,NULL,NULL,NULL,NULL,'offer',NULL,NULL,NULL,NULL,NULL,'partial_refund',600,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(1,3,2,'2026-11-19T01:52:51Z','demo','demo','note','seller','answered','answered',NULL,NULL,NULL,NULL,NULL,NULL,'message',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'seller','As agreed, we have refunded 6.00. Please look at your account.',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(1,4,3,'2026-11-22T01:52:51Z','demo','demo','note','buyer','answered','answered',NULL,NULL,NULL,NULL,NULL,NULL,'settlement',NULL,NULL,NULL,NULL,NULL,NULL,600,'USD','refund','received',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(1,5,4,'2026-11-26T11:29:14Z','buyer','dispute cancel','request_cancel','buyer','answered','cancel_requested',NULL,'refund-received',NULL,NULL,NULL,'info no-reopen found ',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(1,6,5,'2026-11-26T11:29:14Z','buyer','dispute cancel','confirm_cancel','buyer','cancel_requested','cancelled',NULL,NULL,NULL,NULL,NULL,'info no-reopen found ',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(2,1,NULL,'2026-11-03T01:52:51Z','demo','demo','open','buyer','none','opened',NULL,NULL,NULL,NULL,NULL,NULL,'claim',3,3,NULL,'defective',NULL,'refund',4550,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(2,2,1,'2026-11-06T01:52:51Z','demo','demo','note','seller','opened','opened',NULL,NULL,NULL,NULL,NULL,NULL,'message',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'seller','Please cancel the dispute, I will refund by PayPal.',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(2,3,2,'2026-11-07T01:52:51Z','demo','demo','note','seller','opened','opened',NULL,NULL,NULL,NULL,NULL,NULL,'settlement',NULL,NULL,NULL,NULL,NULL,NULL,4550,'EUR','refund','promised',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(3,1,NULL,'2026-11-19T01:52:51Z','demo','demo','open','buyer','none','opened',NULL,NULL,NULL,NULL,NULL,NULL,'claim',4,4,NULL,'not-received',NULL,'refund',1240,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(3,2,1,'2026-11-26T11:29:15Z','buyer','dispute message','note','buyer','opened','opened',NULL,NULL,NULL,NULL,'due-1',NULL,'message',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'buyer','any news',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(3,3,2,'2026-11-26T11:29:15Z','buyer','batch b.ndjson:1','note','buyer','opened','opened',NULL,NULL,NULL,NULL,'ask-1',NULL,'message',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'buyer','any news?',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(3,4,3,'2026-11-26T11:29:15Z','buyer','batch b.ndjson:2','escalate','buyer','opened','escalated',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO events VALUES(3,5,4,'2026-11-26T11:29:15Z','buyer','batch b.ndjson:2','note','buyer','escalated','escalated',NULL,NULL,NULL,NULL,NULL,NULL,'due',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'platform','2026-12-07',NULL,NULL);
CREATE TABLE messages ( dispute_id INTEGER NOT NULL, seq INTEGER NOT NULL, speaker TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (dispute_id, seq), FOREIGN KEY(dispute_id, seq) REFERENCES events (dispute_id, seq) ) WITHOUT ROWID, STRICT;
INSERT INTO messages VALUES(1,3,'seller','2026-11-19T01:52:51Z','As agreed, we have refunded 6.00. Please look at your account.');
INSERT INTO messages VALUES(2,2,'seller','2026-11-06T01:52:51Z','Please cancel the dispute, I will refund by PayPal.');
INSERT INTO messages VALUES(3,2,'buyer','2026-11-26T11:29:15Z','any news');
INSERT INTO messages VALUES(3,3,'buyer','2026-11-26T11:29:15Z','any news?');
CREATE TABLE settlements ( dispute_id INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, stage TEXT NOT NULL, amount_minor INTEGER, currency TEXT, at TEXT NOT NULL, reference TEXT, PRIMARY KEY (dispute_id, seq), FOREIGN KEY(dispute_id, seq) REFERENCES events (dispute_id, seq), CONSTRAINT kind_known CHECK (kind = 'refund' OR kind = 'replacement'), CONSTRAINT stage_known CHECK (stage = 'promised' OR stage = 'issued' OR stage = 'received'), CONSTRAINT amount_minor_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL) AND (currency IS NULL OR length(currency) = 3)) ) WITHOUT ROWID, STRICT;
INSERT INTO settlements VALUES(1,4,'refund','received',600,'USD','2026-11-22T01:52:51Z',NULL);
INSERT INTO settlements VALUES(2,3,'refund','promised',4550,'EUR','2026-11-07T01:52:51Z',NULL);
CREATE TABLE evidence ( dispute_id INTEGER NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (dispute_id, seq), FOREIGN KEY(dispute_id, seq) REFERENCES events (dispute_id, seq) ) WITHOUT ROWID, STRICT;
CREATE TABLE batches ( name TEXT NOT NULL, lines INTEGER NOT NULL, digest TEXT NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (name), CONSTRAINT lines_counted CHECK (lines >= 0) ) WITHOUT ROWID, STRICT;
INSERT INTO batches VALUES('morning',2,'a6989ed9560e53080fe06d0a235bc4531b774a9c05df6e8496712d1877557690','2026-11-26T11:29:15Z');
CREATE TABLE idempotency_keys ( operation_id TEXT NOT NULL, kind TEXT NOT NULL, dispute_id INTEGER NOT NULL, asked TEXT NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (operation_id, kind, dispute_id), FOREIGN KEY(dispute_id) REFERENCES disputes (id) ) WITHOUT ROWID, STRICT;
INSERT INTO idempotency_keys VALUES('ask-1','message',3,'2836480fa4742af60863a46cf4fb949725c853982cbc9a4abb7bb8a9ddd7d453','f329a31ec462ad63d8a82dbec9320f2926dbbc0dbb68f03d25f326249a24688e','2026-11-26T11:29:15Z');
INSERT INTO idempotency_keys VALUES('due-1','message',3,'5ec192eac9efea83d5a97a3d7da5aa343cd99e9b18a503eb6c04e2d690b9b038','cda284317b2d3c79bdb3d10e9ade290525e83b808b8596d15215f6c22c57b398','2026-11-26T11:29:15Z');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('sellers',3);
INSERT INTO sqlite_sequence VALUES('orders',6);
INSERT INTO sqlite_sequence VALUES('order_lines',6);
INSERT INTO sqlite_sequence VALUES('disputes',3);
CREATE INDEX sellers_by_name ON sellers (name, id);
CREATE UNIQUE INDEX sellers_by_store ON sellers (marketplace, store_id);
CREATE INDEX orders_by_amount ON orders (sort_currency, sort_minor, id);
CREATE INDEX orders_by_day ON orders (placed, id);
CREATE INDEX orders_by_number ON orders (number, id);
CREATE INDEX orders_by_purchase ON orders (purchase_id);
CREATE INDEX orders_by_seller ON orders (seller_id, placed, id);
CREATE INDEX orders_by_status ON orders (status, placed, id);
CREATE INDEX order_lines_by_platform_id ON order_lines (platform_id);
CREATE INDEX disputes_by_amount ON disputes (sort_currency, sort_minor, id);
CREATE INDEX disputes_by_day ON disputes (opened_at, id);
CREATE INDEX disputes_by_order ON disputes (order_id, id);
CREATE INDEX disputes_by_platform_id ON disputes (platform_id);
CREATE INDEX disputes_by_state ON disputes (state, opened_at, id);
CREATE INDEX disputes_open_first ON disputes (is_open, opened_at, id);
CREATE UNIQUE INDEX events_by_operation ON events (operation_id, dispute_id, action) WHERE operation_id IS NOT NULL;
CREATE INDEX events_by_sighting ON events (dispute_id, seq) WHERE fact = 'sighting' OR fact = 'upheld';
CREATE INDEX idempotency_keys_by_asked ON idempotency_keys (asked);
CREATE TRIGGER events_must_follow BEFORE INSERT ON events
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
  SELECT raise(ABORT, 'dispcli: the dispute did not move with its event')
  WHERE NOT EXISTS (SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND version = NEW.seq);
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
  SELECT raise(ABORT, 'dispcli: the dispute did not move with its event')
  WHERE NOT EXISTS (SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND version = NEW.seq);
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
CREATE TRIGGER idempotency_keys_once BEFORE INSERT ON idempotency_keys
WHEN EXISTS (SELECT 1 FROM idempotency_keys
             WHERE operation_id = NEW.operation_id AND kind = NEW.kind AND dispute_id = NEW.dispute_id)
BEGIN SELECT raise(ABORT, 'dispcli: the operation is recorded already'); END;
CREATE TRIGGER idempotency_keys_stay BEFORE UPDATE ON idempotency_keys
BEGIN SELECT raise(ABORT, 'dispcli: the history is never changed'); END;
CREATE TRIGGER idempotency_keys_remain BEFORE DELETE ON idempotency_keys
BEGIN SELECT raise(ABORT, 'dispcli: the history is never deleted'); END;
COMMIT;
