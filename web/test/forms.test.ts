import { describe, expect, it } from 'vitest';
import { digitsOf } from '../src/auth/code';
import { checkPassword, meetsPolicy } from '../src/auth/passwordPolicy';
import { forgetPassword, keepPassword, takePassword } from '../src/auth/pending';
import { parseConfig } from '../src/config';
import { codeError, emailError, errorsOf, newPasswordError } from '../src/forms/validate';

const policy = { minimumLength: 8, requireUppercase: true, requireLowercase: true, requireNumbers: true, requireSymbols: true };

describe('codes', () => {
  it.each([['123456', '123456'], [' 123 456\n', '123456'], ['Your code is 012345.', '012345'], ['１２３４５６', '123456'], ['١٢٣٤٥٦', '123456'], ['abc', '']])(
    'reads %j as %j', (text, digits) => expect(digitsOf(text)).toBe(digits));

  it('wants six digits', () => {
    expect(codeError('000000')).toBeUndefined();
    expect(codeError('12345')).toBeDefined();
    expect(codeError('')).toBeDefined();
  });
});

describe('passwords', () => {
  it('shows only the rules of the pool', () => {
    const rules = checkPassword('', { ...policy, requireSymbols: false, requireNumbers: false });

    expect(rules.map((state) => state.rule)).toEqual(['length', 'uppercase', 'lowercase']);
    expect(rules.every((state) => !state.met)).toBe(true);
  });

  it.each([['Secret-1', true], ['secret-1', false], ['SECRET-1', false], ['Secret-x', false], ['Secret11', false], ['Sec-1', false], ['Sec ret11', true], ['Secrét11', false]])(
    '%s meets the policy: %s', (password, met) => expect(meetsPolicy(password, policy)).toBe(met));

  it('may not begin or end with a space', () => {
    expect(newPasswordError(' Secret-1', policy)).toBeDefined();
    expect(newPasswordError('Secret-1 ', policy)).toBeDefined();
    expect(newPasswordError('Secret-1', policy)).toBeUndefined();
  });

  it('are kept for one use, for their own address only', () => {
    keepPassword('Jane@Example.com', 'Secret-1');
    expect(takePassword('jane@example.com')).toBe('Secret-1');
    expect(takePassword('jane@example.com')).toBeNull();

    keepPassword('jane@example.com', 'Secret-1');
    expect(takePassword('bob@example.com')).toBeNull();

    keepPassword('jane@example.com', 'Secret-1');
    forgetPassword();
    expect(takePassword('jane@example.com')).toBeNull();
  });
});

describe('addresses', () => {
  it.each(['jane@example.com', ' jane+tag@sub.example.co ', 'ünï@exämple.de'])('accepts %j', (email) => expect(emailError(email)).toBeUndefined());
  it.each(['', 'jane', 'jane@', '@example.com', 'jane@example', 'jane@example.', 'a b@example.com'])('refuses %j', (email) => expect(emailError(email)).toBeDefined());

  it('keeps only fields that have an error', () => {
    expect(errorsOf({ email: undefined, code: 'x' })).toEqual({ code: 'x' });
  });
});

describe('config.json', () => {
  const json = { userPoolId: 'eu-west-1_Abc', userPoolClientId: 'client', endpoint: '/', mailbox: true };

  it('reads the endpoint against the page, the region from the pool, and fills the policy', () => {
    const config = parseConfig(json, 'https://pool.example/signin');

    expect(config).toMatchObject({ endpoint: 'https://pool.example/', region: 'eu-west-1', mailbox: true });
    expect(config.passwordPolicy).toEqual(policy);
  });

  it("leaves the endpoint to Amazon's where there is none", () => {
    expect(parseConfig({ ...json, endpoint: null }, 'https://pool.example/').endpoint).toBeNull();
  });

  it('refuses what is no configuration', () => {
    expect(() => parseConfig({}, 'https://pool.example/')).toThrow();
    expect(() => parseConfig(null, 'https://pool.example/')).toThrow();
  });
});
