// How sign-in pages look: styles of managed login, and CSS of the classic pages.
import { clientOf, pool } from './scenes.mjs';
import { assert, idp, once, refused, unique } from './world.mjs';

const missing = ['ResourceNotFoundException', 'Managed login branding does not exist.'];
const unknown = '00000000-0000-4000-8000-000000000000';
const settings = { componentClasses: { buttons: { borderRadius: 8 } } };
const domained = () => once('branding', async () => {
  const made = await pool();
  await idp.CreateUserPoolDomain({ UserPoolId: made.Id, Domain: unique('look') });
  return made;
});

/** The style of a client of its own. */
async function style(more = { Settings: settings }) {
  const { Id } = await domained();
  const { ClientId } = await clientOf(Id);
  const { ManagedLoginBranding } = await idp.CreateManagedLoginBranding({ UserPoolId: Id, ClientId, ...more });
  return { UserPoolId: Id, ClientId, ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId };
}

const described = async ({ UserPoolId, ManagedLoginBrandingId }) =>
  (await idp.DescribeManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId })).ManagedLoginBranding;
const byClient = async ({ UserPoolId, ClientId }) => (await idp.DescribeManagedLoginBrandingByClient({ UserPoolId, ClientId })).ManagedLoginBranding;
const absent = (operation, more = {}) => async () => {
  const { Id } = await domained();
  await refused(idp[operation]({ UserPoolId: Id, ManagedLoginBrandingId: unknown, ...more }), ...missing);
};

export default {
  CreateManagedLoginBranding: {
    async good() {
      const Assets = [{ Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: Buffer.from('89504E470D0A1A0A', 'hex') }];
      const made = await style({ Settings: settings, Assets });
      const found = await described(made);
      assert.deepEqual([found.Settings, Buffer.from(found.Assets[0].Bytes).toString('hex')], [settings, '89504e470d0a1a0a']);
    },
    async bad() {
      const { UserPoolId, ClientId } = await style();
      await refused(
        idp.CreateManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true }), 'ManagedLoginBrandingExistsException',
        'Managed login branding already exists for the user pool client.');
      await refused(
        idp.CreateManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true, Settings: settings }), 'InvalidParameterException',
        'useCognitoProvidedValues or settings should be specified (but not both)');
    },
  },
  DescribeManagedLoginBranding: {
    async good() {
      const made = await style();
      assert.deepEqual(await described(made), await byClient(made));
    },
    bad: absent('DescribeManagedLoginBranding'),
  },
  DescribeManagedLoginBrandingByClient: {
    async good() {
      const made = await style({ UseCognitoProvidedValues: true });
      const found = await byClient(made);
      assert.deepEqual([found.ManagedLoginBrandingId, found.UseCognitoProvidedValues], [made.ManagedLoginBrandingId, true]);
    },
    async bad() {
      const { Id, ClientId } = await domained();
      await refused(idp.DescribeManagedLoginBrandingByClient({ UserPoolId: Id, ClientId }), ...missing);
    },
  },
  UpdateManagedLoginBranding: {
    async good() {
      const made = await style();
      const { UserPoolId, ManagedLoginBrandingId } = made;
      await idp.UpdateManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId, Settings: { changed: true } });
      assert.deepEqual((await described(made)).Settings, { changed: true });
    },
    bad: absent('UpdateManagedLoginBranding', { Settings: settings }),
  },
  DeleteManagedLoginBranding: {
    async good() {
      const made = await style();
      await idp.DeleteManagedLoginBranding({ UserPoolId: made.UserPoolId, ManagedLoginBrandingId: made.ManagedLoginBrandingId });
      await refused(idp.DescribeManagedLoginBrandingByClient({ UserPoolId: made.UserPoolId, ClientId: made.ClientId }), ...missing);
    },
    bad: absent('DeleteManagedLoginBranding'),
  },
  SetUICustomization: {
    async good() {
      const { Id } = await domained();
      const { ClientId } = await clientOf(Id);
      await idp.SetUICustomization({ UserPoolId: Id, ClientId, CSS: '.banner-customizable { color: #123 }' });
      assert.equal((await idp.GetUICustomization({ UserPoolId: Id, ClientId })).UICustomization.CSS, '.banner-customizable { color: #123 }');
    },
    async bad() {
      const { Id } = await domained();
      await refused(
        idp.SetUICustomization({ UserPoolId: Id, CSS: 'body { color: red }' }), 'InvalidParameterException', 'CSS contains invalid classes or declarations.');
      await refused(
        idp.SetUICustomization({ UserPoolId: (await pool()).Id, CSS: '.banner-customizable {}' }), 'InvalidParameterException',
        'There has to be an existing domain associated with this user pool');
    },
  },
  GetUICustomization: {
    async good() {
      const { Id, ClientId } = await pool();
      await idp.CreateUserPoolDomain({ UserPoolId: Id, Domain: unique('look') });
      await idp.SetUICustomization({ UserPoolId: Id, CSS: '.logo-customizable { max-width: 60% }' });
      const { UICustomization } = await idp.GetUICustomization({ UserPoolId: Id, ClientId });
      assert.deepEqual([UICustomization.ClientId, UICustomization.CSS], ['ALL', '.logo-customizable { max-width: 60% }']);
    },
    async bad() {
      await refused(
        idp.GetUICustomization({ UserPoolId: (await pool()).Id }), 'InvalidParameterException', 'There has to be an existing domain associated with this user pool');
    },
  },
};
