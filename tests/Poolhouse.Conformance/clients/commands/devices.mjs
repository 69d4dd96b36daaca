// Devices of users. How one proves itself is in ../devices.mjs, by the libraries that do it.
import { randomBytes } from 'node:crypto';
import { member, pool, signIn, user } from './scenes.mjs';
import { assert, idp, once, refused } from './world.mjs';

const tracking = () => once('tracking', () => pool({
  AutoVerifiedAttributes: ['email'], DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
}));

const missing = ['ResourceNotFoundException', 'Device does not exist.'];
const unknown = 'us-east-1_00000000-0000-4000-8000-000000000000';

/** A number that has no sign bit, as a device sends its verifier. */
const number = (bytes) => Buffer.concat([Buffer.from([0x11]), randomBytes(bytes - 1)]).toString('base64');

/** Somebody who signed in from a device that is not confirmed yet. */
async function arriving() {
  const of = await tracking();
  const ann = await user(of);
  const tokens = await signIn(of, ann.name);
  return { ...ann, of, tokens, AccessToken: tokens.AccessToken, DeviceKey: tokens.NewDeviceMetadata.DeviceKey };
}

const confirm = ({ AccessToken, DeviceKey }, more = {}) => idp.ConfirmDevice({
  AccessToken, DeviceKey, DeviceName: 'Laptop', DeviceSecretVerifierConfig: { Salt: number(16), PasswordVerifier: number(384) }, ...more,
});

/** Somebody whose device is remembered. */
async function settled() {
  const ann = await arriving();
  await confirm(ann);
  await idp.UpdateDeviceStatus({ AccessToken: ann.AccessToken, DeviceKey: ann.DeviceKey, DeviceRememberedStatus: 'remembered' });
  return ann;
}

const keysOf = async ({ AccessToken }) => (await idp.ListDevices({ AccessToken })).Devices.map((d) => d.DeviceKey);
const named = (device) => device.DeviceAttributes.find((a) => a.Name === 'device_name')?.Value;
const status = (device) => device.DeviceAttributes.find((a) => a.Name === 'dev:device_remembered_status')?.Value;
const seen = async ({ UserPoolId, Username, DeviceKey }) => (await idp.AdminGetDevice({ UserPoolId, Username, DeviceKey })).Device;

/** The same call of an administrator, about a device that isn't there and a user who isn't. */
const nowhere = (operation, nobody = ['UserNotFoundException', 'User does not exist.']) => async () => {
  const { UserPoolId, Username } = await arriving();
  await refused(idp[operation]({ UserPoolId, Username, DeviceKey: unknown }), ...missing);
  await refused(idp[operation]({ UserPoolId, Username: 'nobody', DeviceKey: unknown }), ...nobody);
};

export default {
  ConfirmDevice: {
    async good() {
      const ann = await arriving();
      assert.equal((await confirm(ann)).UserConfirmationNecessary, true);
      const device = await seen(ann);
      assert.equal(device.DeviceKey, ann.DeviceKey);
      assert.equal(named(device), 'Laptop');
    },
    async bad() {
      const ann = await arriving();
      await refused(confirm({ ...ann, DeviceKey: unknown }), 'InvalidParameterException', 'Invalid device key given.');
      await refused(
        confirm(ann, { DeviceSecretVerifierConfig: { Salt: '', PasswordVerifier: 'not base64' } }), 'InvalidParameterException',
        'Invalid device secret verifier given.');
    },
  },
  UpdateDeviceStatus: {
    async good() {
      const ann = await arriving();
      await confirm(ann);
      assert.deepEqual(await keysOf(ann), []);
      await idp.UpdateDeviceStatus({ AccessToken: ann.AccessToken, DeviceKey: ann.DeviceKey, DeviceRememberedStatus: 'remembered' });
      assert.deepEqual(await keysOf(ann), [ann.DeviceKey]);
      assert.equal(status(await seen(ann)), 'remembered');
    },
    async bad() {
      const { AccessToken } = await arriving();
      await refused(idp.UpdateDeviceStatus({ AccessToken, DeviceKey: unknown, DeviceRememberedStatus: 'remembered' }), ...missing);
    },
  },
  GetDevice: {
    async good() {
      const ann = await settled();
      const { Device } = await idp.GetDevice({ AccessToken: ann.AccessToken, DeviceKey: ann.DeviceKey });
      assert.deepEqual([Device.DeviceKey, named(Device)], [ann.DeviceKey, 'Laptop']);
      assert.deepEqual(Device.DeviceCreateDate, (await seen(ann)).DeviceCreateDate);
    },
    async bad() {
      const { AccessToken } = await arriving();
      await refused(idp.GetDevice({ AccessToken, DeviceKey: unknown }), ...missing);
    },
  },
  ListDevices: {
    async good() {
      const ann = await settled();
      assert.deepEqual(await keysOf(ann), [ann.DeviceKey]);
      assert.deepEqual(await keysOf(await member(await tracking())), []);
    },
    async bad() {
      const { tokens } = await arriving();
      await refused(idp.ListDevices({ AccessToken: tokens.IdToken }), 'NotAuthorizedException', 'Invalid Access Token');
    },
  },
  ForgetDevice: {
    async good() {
      const ann = await settled();
      await idp.ForgetDevice({ AccessToken: ann.AccessToken, DeviceKey: ann.DeviceKey });
      assert.deepEqual(await keysOf(ann), []);
      await refused(idp.AdminGetDevice({ UserPoolId: ann.UserPoolId, Username: ann.name, DeviceKey: ann.DeviceKey }), ...missing);
    },
    async bad() {
      const { AccessToken } = await arriving();
      await refused(idp.ForgetDevice({ AccessToken, DeviceKey: unknown }), ...missing);
    },
  },
  AdminGetDevice: {
    async good() {
      const ann = await settled();
      const device = await seen(ann);
      assert.deepEqual([named(device), status(device)], ['Laptop', 'remembered']);
      assert.equal(device.DeviceKey, (await idp.GetDevice({ AccessToken: ann.AccessToken, DeviceKey: ann.DeviceKey })).Device.DeviceKey);
    },
    bad: nowhere('AdminGetDevice', ['ResourceNotFoundException', 'User does not exist.']),
  },
  AdminListDevices: {
    async good() {
      const ann = await settled();
      const { Devices } = await idp.AdminListDevices({ UserPoolId: ann.UserPoolId, Username: ann.name });
      assert.deepEqual(Devices.map((d) => d.DeviceKey), await keysOf(ann));
    },
    async bad() {
      const { Id } = await tracking();
      await refused(idp.AdminListDevices({ UserPoolId: Id, Username: 'nobody' }), 'ResourceNotFoundException', 'User does not exist.');
    },
  },
  AdminForgetDevice: {
    async good() {
      const ann = await settled();
      await idp.AdminForgetDevice({ UserPoolId: ann.UserPoolId, Username: ann.name, DeviceKey: ann.DeviceKey });
      assert.deepEqual(await keysOf(ann), []);
      const refresh = idp.InitiateAuth({
        ClientId: ann.of.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: ann.tokens.RefreshToken, DEVICE_KEY: ann.DeviceKey },
      });
      await refused(refresh, 'NotAuthorizedException', 'Refresh Token has been revoked');
    },
    bad: nowhere('AdminForgetDevice'),
  },
  AdminUpdateDeviceStatus: {
    async good() {
      const ann = await settled();
      await idp.AdminUpdateDeviceStatus({
        UserPoolId: ann.UserPoolId, Username: ann.name, DeviceKey: ann.DeviceKey, DeviceRememberedStatus: 'not_remembered',
      });
      assert.deepEqual(await keysOf(ann), []);
      assert.equal(status(await seen(ann)), 'not_remembered');
    },
    bad: nowhere('AdminUpdateDeviceStatus'),
  },
};
