// Identity providers of user pools.
import { common } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, refused, unique } from './world.mjs';

const details = {
  client_id: 'app', client_secret: 'secret', authorize_scopes: 'openid email', oidc_issuer: 'https://issuer.example.com', attributes_request_method: 'GET',
};

/** A provider of OpenID Connect. */
async function provider(more = {}) {
  const { Id } = await common();
  const named = { UserPoolId: Id, ProviderName: unique('Oidc').replaceAll('-', '') };
  await idp.CreateIdentityProvider({ ...named, ProviderType: 'OIDC', ProviderDetails: details, ...more });
  return named;
}

const described = async (named) => (await idp.DescribeIdentityProvider(named)).IdentityProvider;
const absent = (operation, more = {}) => async () => {
  const { Id } = await common();
  await refused(
    idp[operation]({ UserPoolId: Id, ProviderName: 'Nothing', ...more }), 'ResourceNotFoundException', 'Identity provider Nothing does not exist.');
};

export default {
  CreateIdentityProvider: {
    async good() {
      const named = await provider({ AttributeMapping: { email: 'mail' } });
      const found = await described(named);
      assert.deepEqual([found.ProviderType, found.AttributeMapping.email, found.ProviderDetails.oidc_issuer], ['OIDC', 'mail', details.oidc_issuer]);
    },
    async bad() {
      const named = await provider();
      await refused(
        idp.CreateIdentityProvider({ ...named, ProviderType: 'OIDC', ProviderDetails: details }), 'DuplicateProviderException',
        `Identity provider ${named.ProviderName} already exists.`);
      await refused(
        idp.CreateIdentityProvider({ ...named, ProviderName: 'Other', ProviderType: 'SAML', ProviderDetails: { IDPSignout: 'true' } }), 'InvalidParameterException',
        'At least one of the MetadataURL or MetadataFile should be provided.');
    },
  },
  DescribeIdentityProvider: {
    async good() {
      const named = await provider({ IdpIdentifiers: [unique('id')] });
      const found = await described(named);
      assert.equal(found.ProviderName, named.ProviderName);
      const by = await idp.GetIdentityProviderByIdentifier({ UserPoolId: named.UserPoolId, IdpIdentifier: found.IdpIdentifiers[0] });
      assert.deepEqual(by.IdentityProvider, found);
    },
    bad: absent('DescribeIdentityProvider'),
  },
  UpdateIdentityProvider: {
    async good() {
      const named = await provider();
      await idp.UpdateIdentityProvider({ ...named, ProviderDetails: { ...details, client_id: 'other-app' }, AttributeMapping: { name: 'display' } });
      const found = await described(named);
      assert.deepEqual([found.ProviderDetails.client_id, found.AttributeMapping.name], ['other-app', 'display']);
    },
    bad: absent('UpdateIdentityProvider', { ProviderDetails: details }),
  },
  DeleteIdentityProvider: {
    async good() {
      const named = await provider();
      await idp.DeleteIdentityProvider(named);
      await refused(
        idp.DescribeIdentityProvider(named), 'ResourceNotFoundException', `Identity provider ${named.ProviderName} does not exist.`);
    },
    bad: absent('DeleteIdentityProvider'),
  },
  ListIdentityProviders: {
    async good() {
      const named = [await provider(), await provider()];
      const listed = [];
      let NextToken;
      do {
        const page = await idp.ListIdentityProviders({ UserPoolId: named[0].UserPoolId, MaxResults: 2, NextToken });
        listed.push(...page.Providers.map((p) => p.ProviderName));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.ok(named.every((one) => listed.includes(one.ProviderName)));
    },
    bad: () => refused(idp.ListIdentityProviders({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
  GetIdentityProviderByIdentifier: {
    async good() {
      const IdpIdentifier = unique('id');
      const named = await provider({ IdpIdentifiers: [IdpIdentifier] });
      const { IdentityProvider } = await idp.GetIdentityProviderByIdentifier({ UserPoolId: named.UserPoolId, IdpIdentifier });
      assert.equal(IdentityProvider.ProviderName, named.ProviderName);
    },
    async bad() {
      const { Id } = await common();
      await refused(
        idp.GetIdentityProviderByIdentifier({ UserPoolId: Id, IdpIdentifier: 'nothing' }), 'ResourceNotFoundException', 'Identity provider nothing does not exist.');
    },
  },
};
