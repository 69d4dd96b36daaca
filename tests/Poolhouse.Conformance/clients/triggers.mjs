// Functions as people write them, in Node behind AWS Lambda's Invoke and as a webhook, and aws-amplify's custom sign-ins through
// them. The code that docs/triggers.md shows for webhooks and custom senders is what runs here.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ConfirmSignUpCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { adminOf } from './admin.mjs';
import { claimsOf, refusal, tell, unique } from './story.mjs';

const arn = (name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

await tell(async (facts, { url, port, docs, secret, keyId, key }) => {
  const { isFromPoolhouse } = await snippet(docs, 'webhook');
  const { codeOf } = await snippet(docs, 'decrypt');
  const events = [];
  const sent = [];
  const hooks = [];
  const functions = {
    define: (event) => {
      const { session } = event.request;
      const custom = session.filter((round) => round.challengeName === 'CUSTOM_CHALLENGE');
      event.response.issueTokens = custom.some((round) => round.challengeResult);
      event.response.failAuthentication = custom.length >= 2 && !event.response.issueTokens;
      if (!event.response.issueTokens && !event.response.failAuthentication)
        event.response.challengeName = session.length === 1 && session[0].challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
    },
    create: (event) => {
      event.response.publicChallengeParameters = { question: 'two and two' };
      event.response.privateChallengeParameters = { answer: '4' };
      event.response.challengeMetadata = 'SUM';
    },
    verify: (event) => { event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters.answer; },
    token: (event) => { event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { tenant: { id: 7 } }, scopesToAdd: ['shop/read'] } } }; },
    mail: async (event) => { sent.push({ to: event.request.userAttributes.email, source: event.triggerSource, code: await codeOf(event, keyId, key) }); },
    refuse: () => { throw new Error('Sums are closed'); },
  };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const event = JSON.parse(body);
    if (request.url === '/hook') {
      hooks.push({
        good: isFromPoolhouse(secret, request.headers, body),
        otherSecret: isFromPoolhouse(secret + 'x', request.headers, body),
        otherBody: isFromPoolhouse(secret, request.headers, body + ' '),
        old: isFromPoolhouse(secret, { ...request.headers, 'poolhouse-timestamp': '1700000000' }, body),
      });
      return response.end(JSON.stringify({ response: {} }));
    }

    const name = request.url.match(/^\/2015-03-31\/functions\/(\w+)\/invocations$/)[1];
    try {
      events.push(event.triggerSource);
      await functions[name](event);
      response.end(JSON.stringify(event));
    } catch (error) {
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorMessage: error.message, errorType: error.name }));
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

  const LambdaConfig = {
    DefineAuthChallenge: arn('define'), CreateAuthChallenge: arn('create'), VerifyAuthChallengeResponse: arn('verify'), PostAuthentication: arn('hook'),
    PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: arn('token') },
    CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: arn('mail') }, KMSKeyID: keyId,
  };
  const admin = adminOf(url);
  const pool = await admin.pool({ AutoVerifiedAttributes: ['email'], LambdaConfig });
  const { ClientId } = await admin.app(pool, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.Id, userPoolClientId: ClientId, userPoolEndpoint: `${url}/` } } });

  const username = unique('custom');
  const password = 'Correct-horse-7';
  await admin.call(new SignUpCommand({ ClientId, Username: username, Password: password, UserAttributes: [{ Name: 'email', Value: `${username}@example.com` }] }));
  for (let i = 0; i < 400 && sent.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  facts.sent = { source: sent[0]?.source, hasCode: /^\d{6}$/.test(sent[0]?.code) };
  await admin.call(new ConfirmSignUpCommand({ ClientId, Username: username, ConfirmationCode: sent[0].code }));

  events.length = 0;
  const first = await signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
  facts.firstStep = first.nextStep;
  const wrong = await confirmSignIn({ challengeResponse: '5' });
  facts.afterWrong = wrong.nextStep.signInStep;
  facts.withoutSrp = (await confirmSignIn({ challengeResponse: '4', options: { clientMetadata: { a: 'b' } } })).isSignedIn;
  facts.eventsWithoutSrp = [...events];
  const session = await fetchAuthSession();
  facts.access = claimsOf(session.tokens.accessToken.toString());
  await signOut();

  await signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
  await confirmSignIn({ challengeResponse: '5' });
  facts.twiceWrong = await refusal(confirmSignIn({ challengeResponse: '6' }));

  events.length = 0;
  const srp = await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP' } });
  facts.srpStep = srp.nextStep.signInStep;
  facts.withSrp = (await confirmSignIn({ challengeResponse: '4' })).isSignedIn;
  facts.eventsWithSrp = [...events];
  await signOut();
  facts.wrongPassword = await refusal(signIn({ username, password: 'Wrong-horse-7', options: { authFlowType: 'CUSTOM_WITH_SRP' } }));

  functions.create = functions.refuse;
  facts.refused = await refusal(signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } }));
  facts.hooks = hooks;
  server.close();
});

/** The block of the document under a mark, as a module. */
async function snippet(docs, mark) {
  const code = readFileSync(docs, 'utf8').match(new RegExp(`<!-- ${mark}:[^>]*-->\n\`\`\`js\n([\\s\\S]*?)\`\`\``))[1];
  // Beside the packages, so that its imports are found.
  const file = new URL(`node_modules/.triggers-${mark}-${process.pid}.mjs`, import.meta.url);
  writeFileSync(file, code);
  return import(file);
}
