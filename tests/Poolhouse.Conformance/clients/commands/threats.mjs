// Threat protection: what risky sign-ins lead to, what was seen, and whether it was right.
import { common, password, pool, user } from './scenes.mjs';
import { assert, idp, mail, noPool, noPoolMessage, once, refused } from './world.mjs';

const guarded = { AutoVerifiedAttributes: ['email'], UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
const watched = () => once('threats', async () => {
  const made = await pool(guarded);
  await idp.SetRiskConfiguration({ UserPoolId: made.Id, AccountTakeoverRiskConfiguration: takeover('NO_ACTION') });
  return made;
});

const home = '192.0.2.1';
const away = '203.0.113.5';
const off = ['UserPoolAddOnNotEnabledException', 'Threat protection is not enabled for the user pool: set AdvancedSecurityMode to AUDIT or ENFORCED.'];
const unknown = '00000000-0000-4000-8000-000000000000';

/** A sign-in by a server that says where the person is. */
const signInFrom = (of, USERNAME, IpAddress) => idp.AdminInitiateAuth({
  UserPoolId: of.Id, ClientId: of.ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: password },
  ContextData: { IpAddress, ServerName: 'example.com', ServerPath: '/', HttpHeaders: [{ headerName: 'user-agent', headerValue: 'curl/8' }] },
});

/** Sign-ins of a user, the newest first. */
const events = async (of, Username) =>
  (await idp.AdminListUserAuthEvents({ UserPoolId: of.Id, Username })).AuthEvents.filter((e) => e.EventType === 'SignIn');

/** Somebody who signed in at home and then elsewhere. */
async function traveller() {
  const of = await watched();
  const ann = await user(of);
  await signInFrom(of, ann.name, home);
  await signInFrom(of, ann.name, away);
  return { ...ann, of };
}

export default {
  SetRiskConfiguration: {
    async good() {
      const of = await pool(guarded);
      const ann = await user(of);
      await idp.SetRiskConfiguration({ UserPoolId: of.Id, AccountTakeoverRiskConfiguration: takeover('BLOCK', false) });
      await signInFrom(of, ann.name, home);
      await refused(signInFrom(of, ann.name, away), 'NotAuthorizedException', 'Unable to login because of security reasons.');
      assert.equal((await events(of, ann.name))[0].EventRisk.RiskDecision, 'Block');
    },
    async bad() {
      const { Id } = await watched();
      await refused(
        idp.SetRiskConfiguration({ UserPoolId: Id, RiskExceptionConfiguration: { BlockedIPRangeList: ['anywhere'] } }), 'InvalidParameterException',
        'IP ranges must be in CIDR notation, such as 192.0.2.0/24.');
      await refused(idp.SetRiskConfiguration({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage);
    },
  },
  DescribeRiskConfiguration: {
    async good() {
      const { Id } = await pool(guarded);
      await idp.SetRiskConfiguration({ UserPoolId: Id, RiskExceptionConfiguration: { SkippedIPRangeList: ['192.0.2.0/24'] } });
      const { RiskConfiguration } = await idp.DescribeRiskConfiguration({ UserPoolId: Id });
      assert.deepEqual([RiskConfiguration.UserPoolId, RiskConfiguration.RiskExceptionConfiguration.SkippedIPRangeList], [Id, ['192.0.2.0/24']]);
    },
    bad: () => refused(idp.DescribeRiskConfiguration({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
  AdminListUserAuthEvents: {
    async good() {
      const ann = await traveller();
      const [second, first] = await events(ann.of, ann.name);
      assert.deepEqual([second, first].map((e) => e.EventContextData.IpAddress), [away, home]);
      assert.ok(['AccountTakeover', 'NoRisk'].includes(second.EventRisk.RiskDecision));
      assert.deepEqual(second.ChallengeResponses, [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }]);
    },
    async bad() {
      const of = await common();
      await refused(idp.AdminListUserAuthEvents({ UserPoolId: of.Id, Username: (await user(of)).name }), ...off);
      await refused(idp.AdminListUserAuthEvents({ UserPoolId: (await watched()).Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
  AdminUpdateAuthEventFeedback: {
    async good() {
      const ann = await traveller();
      const [{ EventId }] = await events(ann.of, ann.name);
      await idp.AdminUpdateAuthEventFeedback({ UserPoolId: ann.of.Id, Username: ann.name, EventId, FeedbackValue: 'Invalid' });
      const { EventFeedback } = (await events(ann.of, ann.name)).find((e) => e.EventId === EventId);
      assert.deepEqual([EventFeedback.FeedbackValue, EventFeedback.Provider], ['Invalid', 'Admin']);
    },
    async bad() {
      const of = await watched();
      const ann = await user(of);
      await refused(
        idp.AdminUpdateAuthEventFeedback({ UserPoolId: of.Id, Username: ann.name, EventId: unknown, FeedbackValue: 'Valid' }), 'ResourceNotFoundException',
        'Event does not exist.');
    },
  },
  UpdateAuthEventFeedback: {
    async good() {
      const ann = await traveller();
      const told = await mail(ann.email, (m) => m.subject === 'Seen');
      const [, EventId, FeedbackToken] = /event=(\S+) token=([^\s<]+)/.exec(told.text ?? told.html);
      await idp.UpdateAuthEventFeedback({ UserPoolId: ann.of.Id, Username: ann.name, EventId, FeedbackToken, FeedbackValue: 'Valid' });
      const { EventFeedback } = (await events(ann.of, ann.name)).find((e) => e.EventId === EventId);
      assert.deepEqual([EventFeedback.FeedbackValue, EventFeedback.Provider], ['Valid', 'User']);
    },
    async bad() {
      const ann = await traveller();
      const [{ EventId }] = await events(ann.of, ann.name);
      await refused(
        idp.UpdateAuthEventFeedback({ UserPoolId: ann.of.Id, Username: ann.name, EventId, FeedbackToken: 'guessed', FeedbackValue: 'Valid' }),
        'NotAuthorizedException', 'Invalid feedback token.');
    },
  },
};

function takeover(EventAction, Notify = true) {
  const action = { Notify, EventAction };
  const text = { Subject: 'Seen', TextBody: 'event={event-id} token={feedback-token}' };
  return {
    Actions: { LowAction: action, MediumAction: action, HighAction: action },
    ...(Notify ? { NotifyConfiguration: { SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.com', NoActionEmail: text } } : {}),
  };
}
