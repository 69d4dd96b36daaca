// Users that come by a CSV file.
import { common, pool } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, once, refused, unique, until } from './world.mjs';

const CloudWatchLogsRoleArn = 'arn:aws:iam::000000000000:role/CognitoCloudWatchLogsRole';
const missing = ['ResourceNotFoundException', 'User import job does not exist.'];
const unknown = 'import-abcdefghij';
const filled = () => once('imports', () => pool({ AutoVerifiedAttributes: ['email'] }));
// One at a time: a pool has one job under way.
const alone = () => pool({ AutoVerifiedAttributes: ['email'] });

async function job(of) {
  const { UserImportJob } = await idp.CreateUserImportJob({ UserPoolId: of.Id, JobName: 'Commands', CloudWatchLogsRoleArn });
  return { UserPoolId: of.Id, JobId: UserImportJob.JobId, url: UserImportJob.PreSignedUrl };
}

const described = async ({ UserPoolId, JobId }) => (await idp.DescribeUserImportJob({ UserPoolId, JobId })).UserImportJob;

/** Sends a file of these users to a job. */
async function upload(of, made, names) {
  const { CSVHeader } = await idp.GetCSVHeader({ UserPoolId: of.Id });
  const rows = names.map((name) => {
    const row = { 'cognito:username': name, 'cognito:mfa_enabled': 'false', email: `${name}@example.com`, email_verified: 'true' };
    return CSVHeader.map((column) => row[column] ?? '').join(',');
  });
  const sent = await fetch(made.url, {
    method: 'PUT', headers: { 'x-amz-server-side-encryption': 'aws:kms' }, body: [CSVHeader.join(','), ...rows].join('\n'),
  });
  assert.equal(sent.status, 200, await sent.text());
}

const ended = (made) => until(() => described(made), (j) => !['Created', 'Pending', 'InProgress', 'Stopping'].includes(j.Status));
const start = ({ UserPoolId, JobId }) => idp.StartUserImportJob({ UserPoolId, JobId });
const absent = (operation) => async () => {
  const { Id } = await filled();
  await refused(idp[operation]({ UserPoolId: Id, JobId: unknown }), ...missing);
};

export default {
  GetCSVHeader: {
    async good() {
      const of = await common();
      const { CSVHeader } = await idp.GetCSVHeader({ UserPoolId: of.Id });
      for (const { Name } of (await idp.DescribeUserPool({ UserPoolId: of.Id })).UserPool.SchemaAttributes)
        assert.ok(Name === 'sub' || Name === 'identities' || CSVHeader.includes(Name), Name);
      assert.ok(CSVHeader.includes('cognito:username') && CSVHeader.includes('cognito:mfa_enabled'));
    },
    bad: () => refused(idp.GetCSVHeader({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
  CreateUserImportJob: {
    async good() {
      const of = await filled();
      const made = await job(of);
      const found = await described(made);
      assert.deepEqual([found.JobName, found.Status, found.CloudWatchLogsRoleArn], ['Commands', 'Created', CloudWatchLogsRoleArn]);
      await upload(of, made, [unique('import')]);
    },
    bad: () => refused(
      idp.CreateUserImportJob({ UserPoolId: noPool, JobName: 'Commands', CloudWatchLogsRoleArn }), 'ResourceNotFoundException', noPoolMessage),
  },
  DescribeUserImportJob: {
    async good() {
      const of = await filled();
      const made = await job(of);
      const found = await described(made);
      const { UserImportJobs } = await idp.ListUserImportJobs({ UserPoolId: of.Id, MaxResults: 60 });
      assert.equal(UserImportJobs.find((j) => j.JobId === made.JobId).CreationDate.getTime(), found.CreationDate.getTime());
    },
    bad: absent('DescribeUserImportJob'),
  },
  ListUserImportJobs: {
    async good() {
      const of = await alone();
      const made = [await job(of), await job(of)];
      const first = await idp.ListUserImportJobs({ UserPoolId: of.Id, MaxResults: 1 });
      const rest = await idp.ListUserImportJobs({ UserPoolId: of.Id, MaxResults: 1, PaginationToken: first.PaginationToken });
      assert.deepEqual([...first.UserImportJobs, ...rest.UserImportJobs].map((j) => j.JobId).sort(), made.map((j) => j.JobId).sort());
    },
    bad: () => refused(idp.ListUserImportJobs({ UserPoolId: noPool, MaxResults: 10 }), 'ResourceNotFoundException', noPoolMessage),
  },
  StartUserImportJob: {
    async good() {
      const of = await alone();
      const made = await job(of);
      const Username = unique('import');
      await upload(of, made, [Username]);
      await start(made);
      const done = await ended(made);
      assert.deepEqual([done.Status, done.ImportedUsers, done.FailedUsers], ['Succeeded', 1, 0]);
      assert.equal((await idp.AdminGetUser({ UserPoolId: of.Id, Username })).UserStatus, 'RESET_REQUIRED');
    },
    async bad() {
      await absent('StartUserImportJob')();
      await refused(start(await job(await filled())), 'PreconditionNotMetException', 'The CSV file has not been uploaded.');
      const bare = await pool();
      await refused(start(await job(bare)), 'PreconditionNotMetException', 'The user pool does not have any auto-verified attributes.');
    },
  },
  StopUserImportJob: {
    async good() {
      const of = await alone();
      const made = await job(of);
      const names = Array.from({ length: 5000 }, () => unique('import'));
      await upload(of, made, names);
      await start(made);
      await idp.StopUserImportJob({ UserPoolId: of.Id, JobId: made.JobId });
      const done = await ended(made);
      assert.equal(done.Status, 'Stopped');
      assert.ok((done.ImportedUsers ?? 0) < names.length);
      await refused(idp.AdminGetUser({ UserPoolId: of.Id, Username: names.at(-1) }), 'UserNotFoundException', 'User does not exist.');
    },
    async bad() {
      const { UserPoolId, JobId } = await job(await filled());
      await refused(
        idp.StopUserImportJob({ UserPoolId, JobId }), 'PreconditionNotMetException', 'The user import job is neither Pending nor InProgress.');
    },
  },
};
