import { ApiError } from '../api/client';
import { formErrors, problemFields, problemText } from '../api/problems';
import type { MessageKey } from '../messages';
import { t } from '../messages';

/** What the person was doing: the same wire error means different things in different places. */
export type Task =
  | 'signUp' | 'confirm' | 'resend' | 'signIn' | 'newPassword' | 'mfa' | 'recover' | 'recoverConfirm'
  | 'attributes' | 'email' | 'emailCode' | 'password' | 'account' | 'passkey' | 'upload' | 'link';

/** A failure in the person's words, and the field it belongs to where there is one. */
export interface Explained {
  readonly text: string;
  /** The first of these that the form has. */
  readonly fields: readonly string[];
  /** Where several fields are wrong at once, each in its own words. */
  readonly byField?: Readonly<Record<string, string>>;
}

interface Rule {
  readonly name: string;
  readonly message?: RegExp;
  readonly tasks?: readonly Task[];
  readonly key: MessageKey;
  readonly fields?: readonly string[];
}

const passwordFields = ['newPassword', 'password'] as const;

// First match wins. Names and texts: Cognito's own, as clients see them.
const rules: readonly Rule[] = [
  { name: 'AliasExistsException', key: 'error.emailTaken', fields: ['email'] },
  { name: 'CodeDeliveryFailureException', key: 'error.codeNotSent', fields: ['email'] },
  { name: 'CodeMismatchException', key: 'error.codeWrong', fields: ['code'] },
  { name: 'ExpiredCodeException', message: /already been used/, key: 'error.codeUsed', fields: ['code'] },
  { name: 'ExpiredCodeException', key: 'error.codeExpired', fields: ['code'] },
  { name: 'ForbiddenException', key: 'error.notAllowed' },
  { name: 'InternalErrorException', key: 'error.server' },
  { name: 'InternalFailure', key: 'error.server' },
  { name: 'InternalServerError', key: 'error.server' },
  { name: 'InvalidEmailRoleAccessPolicyException', key: 'error.codeNotSent' },
  { name: 'InvalidParameterException', message: /passkey is already registered/i, key: 'error.passkeyExists' },
  { name: 'InvalidParameterException', message: /already confirmed/i, key: 'error.alreadyConfirmed' },
  { name: 'InvalidParameterException', message: /no registered\/verified email/, key: 'error.noRecovery' },
  { name: 'InvalidParameterException', message: /should be an email|should be either an email|Invalid email address format|of email format|email: /i, key: 'error.email', fields: ['email'] },
  { name: 'InvalidParameterException', message: /flow not enabled|method not supported|not enabled for the client/i, key: 'error.setup' },
  { name: 'InvalidParameterException', message: /non-mutable|cannot be updated|mutability/i, key: 'error.notAllowed' },
  { name: 'InvalidParameterException', message: /no longer than/i, key: 'error.attributeTooLong' },
  { name: 'InvalidParameterException', message: /attribute [\w.]* ?is required/i, key: 'error.attributeMissing' },
  { name: 'InvalidParameterException', message: /schema|attribute/i, key: 'error.attribute' },
  { name: 'InvalidParameterException', message: /'(password|proposedPassword|newPassword)'/i, key: 'error.passwordPolicy', fields: passwordFields },
  { name: 'InvalidParameterException', message: /'confirmationCode'|'code'/i, key: 'error.codeWrong', fields: ['code'] },
  { name: 'InvalidParameterException', message: /'username'/i, key: 'error.email', fields: ['email'] },
  { name: 'InvalidParameterException', key: 'error.input' },
  { name: 'InvalidPasswordException', message: /long enough/, key: 'error.passwordLength', fields: passwordFields },
  { name: 'InvalidPasswordException', message: /uppercase/, key: 'error.passwordUppercase', fields: passwordFields },
  { name: 'InvalidPasswordException', message: /lowercase/, key: 'error.passwordLowercase', fields: passwordFields },
  { name: 'InvalidPasswordException', message: /numeric/, key: 'error.passwordNumber', fields: passwordFields },
  { name: 'InvalidPasswordException', message: /symbol/, key: 'error.passwordSymbol', fields: passwordFields },
  { name: 'InvalidPasswordException', key: 'error.passwordPolicy', fields: passwordFields },
  { name: 'LimitExceededException', message: /daily email limit/, key: 'error.mailLimit' },
  { name: 'LimitExceededException', key: 'error.limit' },
  { name: 'InvalidPasskeyAuthenticationOptions', key: 'error.noPasskey' },
  { name: 'NetworkError', key: 'error.network' },
  { name: 'NotAuthorizedException', message: /passkey/i, key: 'error.passkeyWrong' },
  { name: 'NotAuthorizedException', message: /attempts exceeded/i, key: 'error.locked' },
  { name: 'NotAuthorizedException', message: /disabled/i, key: 'error.disabled' },
  { name: 'NotAuthorizedException', message: /Temporary password has expired/, key: 'error.temporaryExpired' },
  { name: 'NotAuthorizedException', message: /Invalid session/i, key: 'error.stepExpired' },
  { name: 'NotAuthorizedException', message: /SignUp is not permitted/, key: 'error.signUpClosed' },
  { name: 'NotAuthorizedException', message: /Current status is CONFIRMED/, key: 'error.alreadyConfirmed' },
  { name: 'NotAuthorizedException', message: /cannot be reset/, key: 'error.resetNotPossible' },
  { name: 'NotAuthorizedException', message: /unauthorized attribute/, key: 'error.notAllowed' },
  { name: 'NotAuthorizedException', message: /token/i, key: 'error.sessionEnded' },
  { name: 'NotAuthorizedException', tasks: ['password'], key: 'error.currentPassword', fields: ['currentPassword'] },
  { name: 'NotAuthorizedException', tasks: ['signIn'], key: 'error.credentials', fields: ['password'] },
  { name: 'NotAuthorizedException', tasks: ['newPassword', 'mfa'], key: 'error.stepExpired' },
  { name: 'NotAuthorizedException', key: 'error.sessionEnded' },
  { name: 'PasskeyAlreadyExists', key: 'error.passkeyExists' },
  { name: 'PasskeyAuthenticationCanceled', key: 'error.passkeyCanceled' },
  { name: 'PasskeyNotSupported', key: 'error.passkeyUnsupported' },
  { name: 'PasskeyOperationAborted', key: 'error.passkeyCanceled' },
  { name: 'PasskeyRegistrationCanceled', key: 'error.passkeyFailed' },
  { name: 'PasskeyRegistrationFailed', key: 'error.passkeyFailed' },
  { name: 'PasskeyRetrievalFailed', key: 'error.passkeyWrong' },
  { name: 'PasswordHistoryPolicyViolationException', key: 'error.passwordUsed', fields: passwordFields },
  { name: 'PasswordResetRequiredException', key: 'error.passwordReset' },
  { name: 'RelyingPartyMismatch', key: 'error.passkeyPlace' },
  { name: 'ResourceNotFoundException', tasks: ['passkey'], key: 'error.noPasskey' },
  { name: 'ResourceNotFoundException', key: 'error.setup' },
  { name: 'ServiceUnavailableException', key: 'error.busy' },
  { name: 'SignInException', key: 'error.stepExpired' },
  { name: 'TooManyFailedAttemptsException', key: 'error.limit' },
  { name: 'TooManyRequestsException', key: 'error.busy' },
  { name: 'UnexpectedLambdaException', key: 'error.server' },
  { name: 'UserLambdaValidationException', key: 'error.refused' },
  { name: 'UserNotConfirmedException', key: 'confirm.fromSignIn' },
  { name: 'UserNotFoundException', tasks: ['signIn'], key: 'error.credentials', fields: ['password'] },
  { name: 'UserNotFoundException', tasks: ['account', 'attributes', 'email', 'emailCode', 'password'], key: 'error.sessionEnded' },
  { name: 'UserNotFoundException', key: 'error.userUnknown', fields: ['email'] },
  { name: 'UserUnAuthenticatedException', key: 'error.sessionEnded' },
  { name: 'WebAuthnChallengeNotFoundException', key: 'error.passkeyFailed' },
  { name: 'WebAuthnClientMismatchException', key: 'error.passkeyFailed' },
  { name: 'WebAuthnConfigurationMissingException', key: 'error.setup' },
  { name: 'WebAuthnCredentialNotSupportedException', key: 'error.passkeyUnsupported' },
  { name: 'WebAuthnNotEnabledException', key: 'error.setup' },
  { name: 'WebAuthnOriginNotAllowedException', key: 'error.passkeyPlace' },
  { name: 'WebAuthnRelyingPartyMismatchException', key: 'error.passkeyPlace' },
  { name: 'UsernameExistsException', key: 'error.emailTaken', fields: ['email'] },
];

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

// fetch() rejects with a TypeError when there is no answer; Amplify wraps it as `Unknown`.
function isNetworkFailure(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return error instanceof Error && 'underlyingError' in error && error.underlyingError instanceof TypeError;
}

// API_UserLambdaValidationException: "PreSignUp failed with error <what the function said>."
function triggerReason(message: string): string {
  return /failed with error (.+)$/s.exec(message)?.[1]?.trim() ?? message;
}

export function explain(error: unknown, task: Task): Explained {
  if (error instanceof ApiError) return { text: problemText(error), fields: problemFields(error), byField: formErrors(error) };
  const name = errorName(error);
  const message = errorMessage(error);
  const rule = rules.find((r) =>
    r.name === name && (r.message === undefined || r.message.test(message)) && (r.tasks === undefined || r.tasks.includes(task)));

  if (rule?.key === 'error.refused') return { text: t('error.refused', { reason: triggerReason(message) }), fields: [] };
  if (rule) return { text: t(rule.key as 'error.unknown'), fields: rule.fields ?? [] };
  return { text: t(isNetworkFailure(error) ? 'error.network' : 'error.unknown'), fields: [] };
}

/** True when the tokens of this browser are no longer good: signed out elsewhere, revoked, or the account is gone. */
export function isSessionEnd(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 401;
  const name = errorName(error);
  if (name === 'UserUnAuthenticatedException' || name === 'UserNotFoundException') return true;
  return name === 'NotAuthorizedException' && /token|disabled/i.test(errorMessage(error));
}
