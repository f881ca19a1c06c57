-- Questions that people ask of a CRM, one statement each; a blank line ends it. All of them have to pass and to run.

SELECT stage, count(*) AS deals FROM deals GROUP BY stage ORDER BY deals DESC

SELECT date_trunc('month', created) AS month, sum(amount_base) AS amount FROM deals WHERE created >= now() - interval '12 months' GROUP BY 1 ORDER BY 1

SELECT c.title, sum(d.amount_base) AS won FROM deals d JOIN companies c ON c.id = d.company_id WHERE d.result = 'won' GROUP BY c.title ORDER BY won DESC NULLS LAST LIMIT 10

SELECT source, count(*) AS leads, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share FROM leads GROUP BY source ORDER BY leads DESC

SELECT responsible, avg(amount_base) AS average FROM deals WHERE amount_base > 0 GROUP BY responsible ORDER BY average DESC

SELECT source, count(*) FILTER (WHERE result = 'won') * 100.0 / nullif(count(*), 0) AS conversion FROM leads GROUP BY source

SELECT count(*) FILTER (WHERE created >= now() - interval '30 days') AS now, count(*) FILTER (WHERE created < now() - interval '30 days' AND created >= now() - interval '60 days') AS before FROM contacts

SELECT extract(isodow FROM created) AS weekday, extract(hour FROM created) AS hour, count(*) AS leads FROM leads GROUP BY 1, 2 ORDER BY 1, 2

SELECT date_trunc('quarter', close_date::timestamp) AS quarter, result, count(*) FROM deals WHERE result IN ('won', 'lost') GROUP BY quarter, result ORDER BY quarter

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY close_date - created::date) AS median_days FROM deals WHERE result = 'won'

SELECT funnel, stage, count(*) FROM deals GROUP BY funnel, stage, stage_order ORDER BY funnel, stage_order

SELECT id, title, amount, currency FROM deals WHERE company_id IS NULL ORDER BY amount DESC NULLS LAST LIMIT 100

SELECT currency, sum(amount) AS amount FROM deals GROUP BY currency

SELECT month, sum(amount) OVER (ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM (SELECT date_trunc('month', created) AS month, sum(amount_base) AS amount FROM deals WHERE result = 'won' GROUP BY 1) m ORDER BY month

SELECT c.id, c.title FROM companies c WHERE NOT EXISTS (SELECT 1 FROM deals d WHERE d.company_id = c.id) ORDER BY c.title

SELECT c.title FROM companies c LEFT JOIN deals d ON d.company_id = c.id WHERE d.id IS NULL

SELECT responsible, sum(CASE WHEN result = 'lost' THEN 1 ELSE 0 END)::numeric / count(*) AS loss_rate FROM deals GROUP BY responsible HAVING count(*) >= 3

SELECT responsible, count(*) AS deals, sum(amount_base) AS amount, avg(amount_base) AS average, count(*) FILTER (WHERE result = 'won') AS won, count(DISTINCT company_id) AS companies FROM deals GROUP BY responsible

SELECT sum(amount_base) AS done, 10000000 AS target FROM deals WHERE result = 'won'

SELECT count(*) FROM deals WHERE title ILIKE '%ремонт%'

SELECT id, title, close_date FROM deals WHERE result = 'open' AND close_date < current_date ORDER BY close_date

SELECT 'leads' AS step, count(*) FROM leads UNION ALL SELECT 'deals', count(*) FROM deals UNION ALL SELECT 'won', count(*) FROM deals WHERE result = 'won'

WITH cohort AS (SELECT company_id, min(date_trunc('month', created)) AS first_month FROM deals WHERE company_id IS NOT NULL GROUP BY company_id) SELECT c.first_month, date_trunc('month', d.created) AS month, count(DISTINCT d.company_id) AS companies FROM deals d JOIN cohort c USING (company_id) GROUP BY 1, 2 ORDER BY 1, 2

WITH months AS (SELECT generate_series AS month FROM generate_series(date_trunc('month', now()) - interval '11 months', date_trunc('month', now()), interval '1 month')) SELECT m.month, count(d.id) AS deals FROM months m LEFT JOIN deals d ON date_trunc('month', d.created) = m.month GROUP BY m.month ORDER BY m.month

SELECT m::date AS month, coalesce(sum(d.amount_base), 0) AS amount FROM generate_series('2025-01-01'::date, '2025-12-01'::date, interval '1 month') AS m LEFT JOIN deals d ON d.created >= m AND d.created < m + interval '1 month' GROUP BY m ORDER BY m

SELECT responsible, amount_base, rank() OVER (PARTITION BY funnel ORDER BY amount_base DESC NULLS LAST) AS place FROM deals ORDER BY place LIMIT 50

SELECT * FROM (SELECT responsible, title, amount_base, row_number() OVER (PARTITION BY responsible_id ORDER BY amount_base DESC NULLS LAST) AS n FROM deals) best WHERE n <= 3

SELECT month, amount, amount - lag(amount) OVER (ORDER BY month) AS change FROM (SELECT date_trunc('month', created) AS month, sum(amount_base) AS amount FROM deals GROUP BY 1) s ORDER BY month

SELECT month, avg(amount) OVER w AS smoothed FROM (SELECT date_trunc('week', created) AS month, sum(amount_base) AS amount FROM deals GROUP BY 1) s WINDOW w AS (ORDER BY month ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)

SELECT ntile(4) OVER (ORDER BY amount_base) AS quarter, amount_base FROM deals WHERE amount_base IS NOT NULL

SELECT width_bucket(amount_base, 0, 1000000, 10) AS bucket, count(*) FROM deals WHERE amount_base IS NOT NULL GROUP BY bucket ORDER BY bucket

SELECT corr(amount_base::float8, probability::float8) AS relation FROM deals

SELECT stddev_samp(amount_base) AS spread, min(amount_base), max(amount_base) FROM deals

SELECT funnel, result, count(*) FROM deals GROUP BY ROLLUP (funnel, result) ORDER BY funnel NULLS LAST, result NULLS LAST

SELECT funnel, source, grouping(funnel) AS g, count(*) FROM deals GROUP BY GROUPING SETS ((funnel), (source), ())

SELECT DISTINCT source FROM deals WHERE source IS NOT NULL ORDER BY source

SELECT DISTINCT ON (company_id) company_id, title, created FROM deals WHERE company_id IS NOT NULL ORDER BY company_id, created DESC

SELECT to_char(created, 'YYYY-MM') AS month, count(*) FROM deals GROUP BY month ORDER BY month

SELECT to_char(created AT TIME ZONE 'Europe/Moscow', 'YYYY-"W"IW') AS week, count(*) FROM leads GROUP BY 1 ORDER BY 1

SELECT created::date AS day, count(*) FROM leads WHERE created BETWEEN '2025-01-01' AND '2026-12-31' GROUP BY day ORDER BY day

SELECT CASE WHEN amount_base < 10000 THEN 'small' WHEN amount_base < 100000 THEN 'middle' ELSE 'large' END AS size, count(*) FROM deals GROUP BY size

SELECT coalesce(city, '—') AS city, count(*) FROM contacts GROUP BY 1 ORDER BY 2 DESC LIMIT 20

SELECT has_phone, has_email, count(*) FROM contacts GROUP BY has_phone, has_email

SELECT industry, employees, count(*), sum(revenue_base) AS revenue FROM companies GROUP BY industry, employees

SELECT u.department, count(d.id) AS deals, sum(d.amount_base) AS amount FROM users u JOIN deals d ON d.responsible_id = u.id GROUP BY u.department ORDER BY amount DESC NULLS LAST

SELECT s.name, s.sort, count(d.id) FROM stages s LEFT JOIN deals d ON d.stage_id = s.id WHERE s.entity = 'deals' AND s.funnel_id = 0 GROUP BY s.name, s.sort ORDER BY s.sort

SELECT f.name, count(d.id) FROM funnels f LEFT JOIN deals d ON d.funnel_id = f.id GROUP BY f.name

SELECT l.source, count(DISTINCT l.id) AS leads, count(DISTINCT d.id) AS deals FROM leads l LEFT JOIN deals d ON d.lead_id = l.id GROUP BY l.source

SELECT avg(extract(epoch FROM closed_at - created) / 3600) AS hours FROM leads WHERE closed_at IS NOT NULL

SELECT age(now(), created) AS age, title FROM deals WHERE result = 'open' ORDER BY created LIMIT 20

SELECT upper(left(title, 1)) AS letter, count(*) FROM companies GROUP BY letter ORDER BY letter

SELECT split_part(title, ' ', 1) AS first_word, count(*) FROM deals GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 20

SELECT concat(funnel, ': ', stage) AS step, count(*) FROM deals GROUP BY step ORDER BY 2 DESC

SELECT title || ' (' || currency || ')' AS deal, amount FROM deals WHERE amount > 0 ORDER BY amount DESC LIMIT 20

SELECT tag, count(*) FROM deals CROSS JOIN LATERAL unnest(uf_crm_tags) AS t(tag) GROUP BY tag ORDER BY 2 DESC

SELECT uf_crm_1721244482250 AS priority, avg(amount_base) FROM deals GROUP BY priority ORDER BY priority

SELECT responsible, mode() WITHIN GROUP (ORDER BY source) AS usual_source FROM deals GROUP BY responsible

SELECT stage, percentile_disc(0.9) WITHIN GROUP (ORDER BY amount_base) AS p90 FROM deals GROUP BY stage

SELECT count(*) FROM deals WHERE source_id IN ('WEB', 'CALL') AND result <> 'lost' AND NOT closed

SELECT count(*) FROM deals WHERE stage_id = ANY (ARRAY['NEW', 'WON'])

SELECT company, count(*) FROM deals WHERE company_id IN (SELECT company_id FROM deals WHERE result = 'won' GROUP BY company_id HAVING count(*) > 1) GROUP BY company

SELECT d.title, (SELECT count(*) FROM deals other WHERE other.company_id = d.company_id) AS of_company FROM deals d WHERE d.company_id IS NOT NULL ORDER BY 2 DESC LIMIT 10

SELECT greatest(probability, 50) AS p, least(amount_base, 100000) AS capped FROM deals LIMIT 10

SELECT utm_source, utm_campaign, count(*) FROM leads WHERE utm_source IS NOT NULL GROUP BY utm_source, utm_campaign

SELECT date_part('year', created) AS year, count(*) FROM deals GROUP BY year EXCEPT SELECT 1999, 0 ORDER BY 1

SELECT x.source, x.n FROM (SELECT source, count(*) AS n FROM leads GROUP BY source) AS x (source, n) WHERE x.n > (SELECT avg(n) FROM (SELECT count(*) AS n FROM leads GROUP BY source) y)

SELECT bool_or(closed) AS any_closed, bool_and(closed) AS all_closed FROM deals

SELECT v.label, count(d.id) FROM (VALUES ('won', 'Выиграно'), ('lost', 'Проиграно')) AS v (result, label) LEFT JOIN deals d ON d.result = v.result GROUP BY v.label

SELECT date_trunc('month', created) AS month, first_value(title) OVER (PARTITION BY date_trunc('month', created) ORDER BY amount_base DESC NULLS LAST) AS best FROM deals LIMIT 30

SELECT count(*) FROM crm_chart.deals WHERE repeat_customer IS TRUE
