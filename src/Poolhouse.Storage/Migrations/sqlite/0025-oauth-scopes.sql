-- Sign-ins at the OAuth endpoints: the scopes that their access tokens have, separated by spaces.
alter table token_families add column scopes text;
