// node-oidc-provider: a certified OpenID provider, with its own pages for signing in. Prints a line when it listens.
import Provider from 'oidc-provider';

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'poolhouse', client_secret: 'a secret of the provider', redirect_uris: [callback], token_endpoint_auth_method: 'client_secret_post' }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@acme.example`, email_verified: true, name: `Doctor ${id}` }) }),
  cookies: { keys: ['for this run only'] },
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`listening at ${issuer}`));
