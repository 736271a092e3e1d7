INSERT INTO ${database}.slos (slo, measure, vantage, threshold, objective, effective_from, version)
VALUES ('first-token', 'ttft', 'gateway', 2, 0.95, '2026-01-01 00:00:00', 1), ('whole-answer', 'e2e', 'gateway', 60, 0.95, '2026-01-01 00:00:00', 1)
