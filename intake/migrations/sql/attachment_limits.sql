-- How large a stored file can be, and that it is not compressed once more: it is encrypted.
-- 28 bytes: what encryption adds (intake/attachments/cipher.py).
ALTER TABLE intake_attachment
    ADD CONSTRAINT attachment_payload_size
        CHECK (payload IS NULL OR octet_length(payload) = size + 28),
    ALTER COLUMN payload SET STORAGE EXTERNAL;

ALTER TABLE intake_draftattachment
    ADD CONSTRAINT draft_attachment_payload_size
        CHECK (octet_length(payload) BETWEEN 29 AND 10485760 + 28
               AND octet_length(about) <= 1000 AND octet_length(bundle) = 32),
    ALTER COLUMN payload SET STORAGE EXTERNAL;
