// Limits of requests. The server of this test was started with 500 calls a second of one category, whose default is 150.
import { assert, idp, refused } from './world.mjs';

const definition = (Category) => ({ LimitClass: 'API_CATEGORY', Attributes: { Category } });
const limit = async () => (await idp.GetProvisionedLimit({ LimitDefinition: definition('ClientAuthentication') })).Limit;

export default {
  GetProvisionedLimit: {
    async good() {
      const found = await limit();
      assert.deepEqual([found.ProvisionedLimitValue, found.FreeLimitValue], [500, 150]);
      const same = await idp.UpdateProvisionedLimit({ LimitDefinition: definition('ClientAuthentication'), RequestedLimitValue: 500 });
      assert.deepEqual(found, same.Limit);
    },
    bad: () => refused(
      idp.GetProvisionedLimit({ LimitDefinition: definition('Nothing') }), 'InvalidParameterException',
      "The limit's attributes must name a Category of API operations."),
  },
  UpdateProvisionedLimit: {
    async good() {
      await idp.UpdateProvisionedLimit({ LimitDefinition: definition('ClientAuthentication'), RequestedLimitValue: 500 });
      assert.equal((await limit()).ProvisionedLimitValue, 500);
    },
    async bad() {
      await refused(
        idp.UpdateProvisionedLimit({ LimitDefinition: definition('ClientAuthentication'), RequestedLimitValue: 501 }), 'InvalidParameterException',
        'Limits of this server are set in its configuration, by RequestQuotas.');
      assert.equal((await limit()).ProvisionedLimitValue, 500);
      await refused(
        idp.UpdateProvisionedLimit({ LimitDefinition: definition('UserRead'), RequestedLimitValue: 10 }), 'ResourceNotFoundException',
        "This server's configuration sets no limit for the category.");
    },
  },
};
