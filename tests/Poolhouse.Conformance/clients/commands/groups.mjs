// Groups and their members.
import { claimsOf } from '../story.mjs';
import { common, signIn, user } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, refused, unique } from './world.mjs';

const missing = ['ResourceNotFoundException', 'Group not found.'];
const found = async (UserPoolId, GroupName) => (await idp.GetGroup({ UserPoolId, GroupName })).Group;

async function group(of, more = {}) {
  const GroupName = unique('group');
  await idp.CreateGroup({ UserPoolId: of.Id, GroupName, ...more });
  return GroupName;
}

const groupsOf = async (of, Username) => (await idp.AdminListGroupsForUser({ UserPoolId: of.Id, Username })).Groups.map((g) => g.GroupName);
const claimed = async (of, name) => claimsOf((await signIn(of, name)).AccessToken)['cognito:groups'];
const join = (of, Username, GroupName) => idp.AdminAddUserToGroup({ UserPoolId: of.Id, Username, GroupName });

const absent = (operation) => async () => {
  const { Id } = await common();
  await refused(idp[operation]({ UserPoolId: Id, GroupName: 'nothing' }), ...missing);
};

export default {
  CreateGroup: {
    async good() {
      const of = await common();
      const name = await group(of, { Description: 'Made', Precedence: 3, RoleArn: 'arn:aws:iam::000000000000:role/Group' });
      const made = await found(of.Id, name);
      assert.deepEqual([made.Description, made.Precedence, made.RoleArn], ['Made', 3, 'arn:aws:iam::000000000000:role/Group']);
    },
    async bad() {
      const of = await common();
      await refused(idp.CreateGroup({ UserPoolId: of.Id, GroupName: await group(of) }), 'GroupExistsException', 'A group with the name already exists.');
      await refused(idp.CreateGroup({ UserPoolId: noPool, GroupName: 'a' }), 'ResourceNotFoundException', noPoolMessage);
    },
  },
  GetGroup: {
    async good() {
      const of = await common();
      const { Group } = await idp.CreateGroup({ UserPoolId: of.Id, GroupName: unique('group'), Precedence: 0 });
      assert.deepEqual(await found(of.Id, Group.GroupName), Group);
    },
    bad: absent('GetGroup'),
  },
  UpdateGroup: {
    async good() {
      const of = await common();
      const name = await group(of, { Description: 'Before', Precedence: 3 });
      await idp.UpdateGroup({ UserPoolId: of.Id, GroupName: name, Description: 'After' });
      assert.equal((await found(of.Id, name)).Description, 'After');
    },
    bad: absent('UpdateGroup'),
  },
  DeleteGroup: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const name = await group(of);
      await join(of, ann.name, name);
      await idp.DeleteGroup({ UserPoolId: of.Id, GroupName: name });
      await refused(idp.GetGroup({ UserPoolId: of.Id, GroupName: name }), ...missing);
      assert.deepEqual(await groupsOf(of, ann.name), []);
      assert.equal(await claimed(of, ann.name), undefined);
    },
    bad: absent('DeleteGroup'),
  },
  ListGroups: {
    async good() {
      const of = await common();
      const names = [await group(of), await group(of)];
      const listed = [];
      let NextToken;
      do {
        const page = await idp.ListGroups({ UserPoolId: of.Id, Limit: 1, NextToken });
        listed.push(...page.Groups.map((g) => g.GroupName));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.ok(names.every((name) => listed.includes(name)));
    },
    bad: () => refused(idp.ListGroups({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
  AdminAddUserToGroup: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const name = await group(of);
      await join(of, ann.name, name);
      assert.deepEqual(await groupsOf(of, ann.name), [name]);
      assert.deepEqual(await claimed(of, ann.name), [name]);
    },
    async bad() {
      const of = await common();
      await refused(join(of, (await user(of)).name, 'nothing'), ...missing);
      await refused(join(of, 'nobody', await group(of)), 'UserNotFoundException', 'User does not exist.');
    },
  },
  AdminRemoveUserFromGroup: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const name = await group(of);
      await join(of, ann.name, name);
      await idp.AdminRemoveUserFromGroup({ UserPoolId: of.Id, Username: ann.name, GroupName: name });
      assert.deepEqual(await groupsOf(of, ann.name), []);
      assert.equal(await claimed(of, ann.name), undefined);
    },
    async bad() {
      const of = await common();
      const named = { Username: 'nobody', GroupName: await group(of) };
      await refused(idp.AdminRemoveUserFromGroup({ UserPoolId: of.Id, ...named }), 'UserNotFoundException', 'User does not exist.');
      await refused(idp.AdminRemoveUserFromGroup({ UserPoolId: noPool, ...named }), 'ResourceNotFoundException', noPoolMessage);
    },
  },
  AdminListGroupsForUser: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const names = [await group(of, { Precedence: 2 }), await group(of, { Precedence: 1 })];
      for (const name of names) await join(of, ann.name, name);
      assert.deepEqual((await groupsOf(of, ann.name)).sort(), names.sort());
    },
    async bad() {
      const { Id } = await common();
      await refused(idp.AdminListGroupsForUser({ UserPoolId: Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
  ListUsersInGroup: {
    async good() {
      const of = await common();
      const name = await group(of);
      const members = [(await user(of)).name, (await user(of)).name];
      for (const member of members) await join(of, member, name);
      const { Users } = await idp.ListUsersInGroup({ UserPoolId: of.Id, GroupName: name });
      assert.deepEqual(Users.map((u) => u.Username).sort(), members.sort());
    },
    bad: absent('ListUsersInGroup'),
  },
};
