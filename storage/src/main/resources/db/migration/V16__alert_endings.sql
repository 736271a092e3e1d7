-- Two processes that did not know of each other may leave two incidents of a key; one stays. How the other one
-- ends was missing from the comment.

ALTER TABLE ${database}.alert_incidents
    COMMENT COLUMN ending '[text] recovered, gone, rule_removed or superseded (another incident of the same key stays); none = it is not over';
