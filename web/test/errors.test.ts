import { describe, expect, it } from 'vitest';
import { explain, isSessionEnd, type Task } from '../src/auth/errors';
import { t, type PlainKey } from '../src/messages';

function wire(name: string, message = ''): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

// Name, message, task, expected text, expected first field. The messages are the ones clients receive.
const rows: readonly [string, string, Task, PlainKey, string?][] = [
  ['NotAuthorizedException', 'Incorrect username or password.', 'signIn', 'error.credentials', 'password'],
  ['NotAuthorizedException', 'Incorrect username or password.', 'password', 'error.currentPassword', 'currentPassword'],
  ['NotAuthorizedException', 'User is disabled.', 'signIn', 'error.disabled'],
  ['NotAuthorizedException', 'The passkey could not be verified.', 'signIn', 'error.passkeyWrong'],
  ['PasskeyAuthenticationCanceled', 'Passkey authentication ceremony has been canceled.', 'signIn', 'error.passkeyCanceled'],
  ['PasskeyAlreadyExists', 'Passkey already exists in authenticator.', 'passkey', 'error.passkeyExists'],
  ['InvalidParameterException', 'The passkey is already registered.', 'passkey', 'error.passkeyExists'],
  ['WebAuthnOriginNotAllowedException', 'The origin is not allowed for the relying party ID.', 'passkey', 'error.passkeyPlace'],
  ['ResourceNotFoundException', 'Passkey not found.', 'passkey', 'error.noPasskey'],
  ['NotAuthorizedException', 'Password attempts exceeded', 'signIn', 'error.locked'],
  ['NotAuthorizedException', 'Temporary password has expired and must be reset by an administrator.', 'signIn', 'error.temporaryExpired'],
  ['NotAuthorizedException', 'Invalid session for the user, session is expired.', 'newPassword', 'error.stepExpired'],
  ['NotAuthorizedException', 'SignUp is not permitted for this user pool', 'signUp', 'error.signUpClosed'],
  ['NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED', 'confirm', 'error.alreadyConfirmed'],
  ['NotAuthorizedException', 'User password cannot be reset in the current state.', 'recover', 'error.resetNotPossible'],
  ['NotAuthorizedException', 'A client attempted to write unauthorized attribute', 'attributes', 'error.notAllowed'],
  ['NotAuthorizedException', 'Access Token has been revoked', 'attributes', 'error.sessionEnded'],
  ['UserNotFoundException', 'User does not exist.', 'signIn', 'error.credentials', 'password'],
  ['UserNotFoundException', 'Username/client id combination not found.', 'recover', 'error.userUnknown', 'email'],
  ['UserNotFoundException', 'User does not exist.', 'attributes', 'error.sessionEnded'],
  ['UsernameExistsException', 'An account with the given email already exists.', 'signUp', 'error.emailTaken', 'email'],
  ['AliasExistsException', 'An account with the given email already exists.', 'email', 'error.emailTaken', 'email'],
  ['CodeMismatchException', 'Invalid verification code provided, please try again.', 'confirm', 'error.codeWrong', 'code'],
  ['ExpiredCodeException', 'Invalid code provided, please request a code again.', 'confirm', 'error.codeExpired', 'code'],
  ['ExpiredCodeException', 'Your software token has already been used once.', 'mfa', 'error.codeUsed', 'code'],
  ['InvalidPasswordException', 'Password did not conform with policy: Password not long enough', 'signUp', 'error.passwordLength', 'newPassword'],
  ['InvalidPasswordException', 'Password does not conform to policy: Password must have uppercase characters', 'newPassword', 'error.passwordUppercase', 'newPassword'],
  ['InvalidPasswordException', 'Password did not conform with policy: Password must have lowercase characters', 'password', 'error.passwordLowercase', 'newPassword'],
  ['InvalidPasswordException', 'Password did not conform with policy: Password must have numeric characters', 'password', 'error.passwordNumber', 'newPassword'],
  ['InvalidPasswordException', 'Password did not conform with policy: Password must have symbol characters', 'password', 'error.passwordSymbol', 'newPassword'],
  ['PasswordHistoryPolicyViolationException', 'Password has previously been used', 'password', 'error.passwordUsed', 'newPassword'],
  ['LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'confirm', 'error.limit'],
  ['LimitExceededException', 'Exceeded daily email limit for the operation or the account.', 'signUp', 'error.mailLimit'],
  ['TooManyRequestsException', 'Rate exceeded', 'signIn', 'error.busy'],
  ['InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client', 'signIn', 'error.setup'],
  ['InvalidParameterException', 'User is already confirmed.', 'resend', 'error.alreadyConfirmed'],
  ['InvalidParameterException', 'Cannot reset password for the user as there is no registered/verified email or phone_number', 'recover', 'error.noRecovery'],
  ['InvalidParameterException', 'Username should be an email.', 'signUp', 'error.email', 'email'],
  ['InvalidParameterException', 'Invalid email address format.', 'email', 'error.email', 'email'],
  ['InvalidParameterException', 'Cannot modify the non-mutable attribute email_verified', 'attributes', 'error.notAllowed'],
  ['InvalidParameterException', 'user.birthdate: String must be no longer than 10 characters\n', 'attributes', 'error.attributeTooLong'],
  ['InvalidParameterException', 'Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required\n', 'signUp', 'error.attributeMissing'],
  ['InvalidParameterException', 'user.custom:unknown: Attribute does not exist in the schema.\n', 'attributes', 'error.attribute'],
  ['InvalidParameterException', "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$", 'signUp', 'error.passwordPolicy', 'newPassword'],
  ['InvalidParameterException', "1 validation error detected: Value at 'confirmationCode' failed to satisfy constraint", 'confirm', 'error.codeWrong', 'code'],
  ['ResourceNotFoundException', 'User pool client X does not exist.', 'signIn', 'error.setup'],
  ['CodeDeliveryFailureException', 'Amazon SES account is in Sandbox.', 'signUp', 'error.codeNotSent', 'email'],
  ['InternalErrorException', '', 'signIn', 'error.server'],
  ['SomethingNewException', 'whatever', 'signIn', 'error.unknown'],
];

describe('explain', () => {
  it.each(rows)('%s "%s" during %s', (name, message, task, key, field) => {
    const { text, fields } = explain(wire(name, message), task);

    expect(text).toBe(t(key));
    expect(fields[0]).toBe(field);
  });

  it('shows what a trigger said, without its frame', () => {
    const { text } = explain(wire('UserLambdaValidationException', 'PreSignUp failed with error Only staff may join.'), 'signUp');

    expect(text).toBe('This server refused: Only staff may join.');
  });

  it('tells a missing network from a fault, also when Amplify wraps it', () => {
    const wrapped = Object.assign(wire('Unknown', 'An unknown error has occurred.'), { underlyingError: new TypeError('Failed to fetch') });

    expect(explain(new TypeError('Failed to fetch'), 'signIn').text).toBe(t('error.network'));
    expect(explain(wrapped, 'signIn').text).toBe(t('error.network'));
    expect(explain(wire('NetworkError'), 'signIn').text).toBe(t('error.network'));
    expect(explain('not even an error', 'signIn').text).toBe(t('error.unknown'));
  });

  it('knows when a session is over, and when a password is merely wrong', () => {
    expect(isSessionEnd(wire('NotAuthorizedException', 'Access Token has been revoked'))).toBe(true);
    expect(isSessionEnd(wire('NotAuthorizedException', 'Refresh Token has expired'))).toBe(true);
    expect(isSessionEnd(wire('NotAuthorizedException', 'Incorrect username or password.'))).toBe(false);
    expect(isSessionEnd(wire('LimitExceededException'))).toBe(false);
  });
});
