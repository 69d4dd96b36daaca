-- Makes copies of the rows of one account until there are :copies, with ids as long and as random as real ones, in the order in which time would have
-- brought them. Every table keeps its columns: only ids, addresses and times differ. Called by benchmarks/sizes.
\set ON_ERROR_STOP on
set synchronous_commit = off;

-- As many characters of the same kinds: what is random in a row must be random in its copy, or pages and indexes pack better than in earnest.
create function pg_temp.fresh(value text, seed text) returns text language sql immutable as $$
    select case
        when value is null then null
        when value ~ '^[0-9a-f]{8}-' then
            (select substr(m, 1, 8) || '-' || substr(m, 9, 4) || '-4' || substr(m, 14, 3) || '-a' || substr(m, 18, 3) || '-' || substr(m, 21, 12) from md5(value || seed) m)
        when value ~ '^[0-9a-f]+$' then substr(md5(value || seed) || md5(seed || value), 1, length(value))
        when value ~ '^[0-9A-F]+$' then upper(substr(md5(value || seed) || md5(seed || value), 1, length(value)))
        else substr(translate(encode(sha512((value || seed)::bytea), 'base64'), E'+/=\n', '-_AB'), 1, length(value))
    end
$$;
create function pg_temp.address(number int) returns text language sql immutable as $$ select 'size' || lpad(number::text, 7, '0') || '@example.com' $$;

-- The account that is copied: the last one that the script made.
create temporary table original as
    select a.id as account_id, a.application, a.pool_id, a.sub, a.email, a.username
    from accounts a where a.email like 'size%' order by a.created_at desc limit 1;
create temporary table copies as
    select n, n::text as seed, pg_temp.fresh(o.sub, n::text) as sub, pg_temp.fresh(o.account_id, n::text) as account_id, pg_temp.address(n) as email, o.pool_id,
           o.sub as old_sub, o.account_id as old_account, o.email as old_email, n * 1000 as later
    from original o cross join generate_series(:first, :copies) n;

insert into users (pool_id, sub, username, normalized_username, status, is_enabled, attributes, password_hash, srp_salt, srp_verifier, password_history,
        temporary_password_expires_at, created_at, modified_at, version, mfa, sessions_ended_at)
    select u.pool_id, c.sub, case when u.username = u.sub then c.sub else replace(u.username, c.old_email, c.email) end,
           case when u.normalized_username = u.sub then c.sub else replace(u.normalized_username, c.old_email, c.email) end,
           u.status, u.is_enabled, replace(replace(u.attributes, c.old_email, c.email), c.old_sub, c.sub), u.password_hash, u.srp_salt, u.srp_verifier, u.password_history,
           u.temporary_password_expires_at, u.created_at + c.later, u.modified_at + c.later, u.version, u.mfa, u.sessions_ended_at
    from copies c join users u on u.pool_id = c.pool_id and u.sub = c.old_sub order by c.n;
insert into user_aliases (pool_id, attribute, value, sub)
    select t.pool_id, t.attribute, replace(t.value, c.old_email, c.email), c.sub from copies c join user_aliases t on t.pool_id = c.pool_id and t.sub = c.old_sub order by c.n;
insert into user_search (pool_id, attribute, value, sub, user_created_at)
    select t.pool_id, t.attribute, case when t.value = c.old_sub then c.sub else replace(t.value, c.old_email, c.email) end, c.sub, t.user_created_at + c.later
    from copies c join user_search t on t.pool_id = c.pool_id and t.sub = c.old_sub order by c.n;
insert into accounts (id, application, pool_id, sub, pool_username, email, username, username_key, locale, created_at, confirmed_at)
    select c.account_id, a.application, a.pool_id, c.sub, case when a.pool_username = a.sub then c.sub else replace(a.pool_username, c.old_email, c.email) end,
           c.email, 'size' || lpad(c.n::text, 7, '0'), 'size' || lpad(c.n::text, 7, '0'), a.locale, a.created_at + c.later, a.confirmed_at + c.later
    from copies c join accounts a on a.id = c.old_account order by c.n;
insert into referral_codes (account_id, application, code, credits)
    select c.account_id, t.application, pg_temp.fresh(t.code, c.seed), t.credits from copies c join referral_codes t on t.account_id = c.old_account order by c.n;
insert into introductions (account_id, sponsor_id, referrer_id, credited_at)
    select c.account_id, t.sponsor_id, t.referrer_id, t.credited_at from copies c join introductions t on t.account_id = c.old_account order by c.n;

-- One sign-in and one cookie session an account.
create temporary table family as
    select f.* from token_families f join account_sessions s on s.family_id = f.id join original o on o.account_id = s.account_id limit 1;
insert into token_families (id, origin_jti, pool_id, client_id, sub, authenticated_at, expires_at, current_refresh_id, previous_refresh_id, replaced_at, revoked_at,
        device_key, acr, amr, session_id, last_active_at, device, address)
    select pg_temp.fresh(f.id, c.seed), pg_temp.fresh(f.origin_jti, c.seed), f.pool_id, f.client_id, c.sub, f.authenticated_at + c.later, f.expires_at + c.later,
           pg_temp.fresh(f.current_refresh_id, c.seed), f.previous_refresh_id, f.replaced_at, f.revoked_at,
           f.device_key, f.acr, f.amr, pg_temp.fresh(f.session_id, c.seed), f.last_active_at + c.later, f.device, f.address
    from copies c cross join family f order by c.n;
insert into account_sessions (key, account_id, pool_id, sub, family_id, device, address, locale, remember, data, created_at, last_seen_at, ends_at, expires_at)
    select pg_temp.fresh(s.key, c.seed), c.account_id, s.pool_id, c.sub, pg_temp.fresh(s.family_id, c.seed), s.device, s.address, s.locale, s.remember, s.data,
           s.created_at + c.later, s.last_seen_at + c.later, s.ends_at + c.later, s.expires_at + c.later
    from copies c join account_sessions s on s.family_id = (select id from family) order by c.n;

-- One entry of each a sign-in, and one mail, waiting; codes and what counts attempts as they stand while a sign-up is under way.
insert into user_events (id, pool_id, sub, kind, client_id, at, address, device)
    select pg_temp.fresh(t.id, c.seed), t.pool_id, c.sub, t.kind, t.client_id, t.at + c.later, t.address, t.device
    from copies c cross join lateral (select * from user_events e where e.pool_id = c.pool_id and e.sub = c.old_sub order by position desc limit 1) t order by c.n;
insert into audit_entries (id, at, application, kind, account_id, actor_id, subject, address, device, request_id)
    select pg_temp.fresh(t.id, c.seed), t.at + c.later, t.application, t.kind, c.account_id, case when t.actor_id is not null then c.account_id end, t.subject, t.address, t.device,
           pg_temp.fresh(t.request_id, c.seed)
    from copies c cross join (select * from audit_entries where account_id = (select account_id from original) order by position desc limit 1) t order by c.n;
insert into outbox (id, state, supersede_key, sealed_message, attempts, created_at, not_after, due_at)
    select pg_temp.fresh(t.id, c.seed), 'waiting', pg_temp.fresh(t.supersede_key, c.seed), (select sealed_message from waiting_mail), 0, t.created_at + c.later, t.not_after + c.later, t.due_at + c.later
    from copies c cross join (select * from outbox order by position desc limit 1) t order by c.n;
insert into codes (pool_id, sub, purpose, attribute, destination, hash, expires_at)
    select c.pool_id, c.sub, 'sign_up', 'email', c.email, sha256(c.seed::bytea), 1800000000000 + c.later from copies c order by c.n;
insert into attempts (key, attempts, expires_at)
    select t.key || '/' || c.seed, t.attempts, t.expires_at + c.later from copies c cross join (select * from attempts order by length(key) desc limit 1) t order by c.n;
insert into guesses (key, failures, locked_until, touched_at)
    select t.key || '/' || c.seed, t.failures, t.locked_until, t.touched_at + c.later from copies c cross join (select * from guesses limit 1) t order by c.n;
insert into auth_events (id, pool_id, sub, client_id, type, response, at, challenges, decision, level, address, device, fingerprint, has_context)
    select md5(c.seed)::uuid::text, c.pool_id, c.sub, (select client_id from family), 'SignIn', 'Pass', 1800000000000 + c.later, '[{"ChallengeName":"Password","ChallengeResponse":"Success"}]',
           'NoRisk', null, '203.0.113.7', 'Chrome 130, Linux', repeat('f', 64), true
    from copies c order by c.n;
