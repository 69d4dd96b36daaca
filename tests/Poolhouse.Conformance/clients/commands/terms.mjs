// Terms of use and privacy policies of clients.
import { clientOf, common } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, refused } from './world.mjs';

const missing = ['ResourceNotFoundException', 'Terms do not exist.'];
const unknown = '00000000-0000-4000-8000-000000000000';
const Links = { 'cognito:default': 'https://example.com/terms' };
const body = (UserPoolId, ClientId) => ({ UserPoolId, ClientId, TermsName: 'terms-of-use', TermsSource: 'LINK', Enforcement: 'NONE', Links });

/** Terms of a client of its own. */
async function terms() {
  const { Id } = await common();
  const { ClientId } = await clientOf(Id);
  const { Terms } = await idp.CreateTerms(body(Id, ClientId));
  return { UserPoolId: Id, ClientId, TermsId: Terms.TermsId };
}

const described = async ({ UserPoolId, TermsId }) => (await idp.DescribeTerms({ UserPoolId, TermsId })).Terms;
const byClient = ({ UserPoolId, ClientId }) => idp.DescribeTermsByClient({ UserPoolId, ClientId, TermsName: 'terms-of-use' });
const absent = (operation, more = {}) => async () => {
  const { Id } = await common();
  await refused(idp[operation]({ UserPoolId: Id, TermsId: unknown, ...more }), ...missing);
};

export default {
  CreateTerms: {
    async good() {
      const made = await terms();
      const found = await described(made);
      assert.deepEqual([found.TermsName, found.Links, found.ClientId], ['terms-of-use', Links, made.ClientId]);
    },
    async bad() {
      const { UserPoolId, ClientId } = await terms();
      await refused(
        idp.CreateTerms(body(UserPoolId, ClientId)), 'TermsExistsException', 'Terms terms-of-use already exist for the user pool client.');
      const undefaulted = { ...body(UserPoolId, ClientId), TermsName: 'privacy-policy', Links: { 'cognito:german': 'https://example.com/agb' } };
      await refused(idp.CreateTerms(undefaulted), 'InvalidParameterException', 'Links must contain cognito:default.');
    },
  },
  DescribeTerms: {
    async good() {
      const made = await terms();
      assert.deepEqual(await described(made), (await byClient(made)).Terms);
    },
    bad: absent('DescribeTerms'),
  },
  DescribeTermsByClient: {
    async good() {
      const made = await terms();
      assert.equal((await byClient(made)).Terms.TermsId, made.TermsId);
    },
    async bad() {
      const { Id, ClientId } = await common();
      await refused(idp.DescribeTermsByClient({ UserPoolId: Id, ClientId, TermsName: 'privacy-policy' }), ...missing);
    },
  },
  UpdateTerms: {
    async good() {
      const made = await terms();
      const changed = { ...Links, 'cognito:german': 'https://example.com/agb' };
      await idp.UpdateTerms({ UserPoolId: made.UserPoolId, TermsId: made.TermsId, Links: changed });
      assert.deepEqual((await described(made)).Links, changed);
    },
    bad: absent('UpdateTerms', { Links }),
  },
  DeleteTerms: {
    async good() {
      const made = await terms();
      await idp.DeleteTerms({ UserPoolId: made.UserPoolId, TermsId: made.TermsId });
      await refused(idp.DescribeTerms({ UserPoolId: made.UserPoolId, TermsId: made.TermsId }), ...missing);
    },
    bad: absent('DeleteTerms'),
  },
  ListTerms: {
    async good() {
      const made = await terms();
      const listed = [];
      let NextToken;
      do {
        const page = await idp.ListTerms({ UserPoolId: made.UserPoolId, MaxResults: 2, NextToken });
        listed.push(...page.Terms.map((t) => t.TermsId));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.ok(listed.includes(made.TermsId));
    },
    bad: () => refused(idp.ListTerms({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
};
