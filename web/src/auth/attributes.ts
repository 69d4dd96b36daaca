import type { HTMLInputAutoCompleteAttribute } from 'react';
import { t, type PlainKey } from '../messages';

interface AttributeField {
  readonly label: string;
  readonly help: string | undefined;
  readonly type: 'text' | 'email' | 'tel';
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
}

interface Row {
  readonly label: PlainKey;
  readonly help?: PlainKey;
  readonly type?: 'email' | 'tel';
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
}

// OpenID Connect Core 1.0 §5.1 names, and what a form calls them.
const rows: Readonly<Record<string, Row>> = {
  birthdate: { label: 'field.birthdate', help: 'help.birthdate', autoComplete: 'bday' },
  email: { label: 'field.email', type: 'email', autoComplete: 'email' },
  family_name: { label: 'field.familyName', autoComplete: 'family-name' },
  given_name: { label: 'field.givenName', autoComplete: 'given-name' },
  locale: { label: 'field.locale', help: 'help.locale', autoComplete: 'language' },
  name: { label: 'field.name', autoComplete: 'name' },
  phone_number: { label: 'field.phoneNumber', help: 'help.phoneNumber', type: 'tel', autoComplete: 'tel' },
  preferred_username: { label: 'field.preferredUsername', help: 'help.preferredUsername', autoComplete: 'nickname' },
};

/** How to ask for an attribute. One that this client doesn't know goes by its own name, without `custom:`. */
export function attributeField(name: string): AttributeField {
  const row = rows[name];
  if (!row) return { label: name.replace(/^custom:/, '').replaceAll('_', ' '), help: undefined, type: 'text', autoComplete: 'off' };
  return { label: t(row.label), help: row.help && t(row.help), type: row.type ?? 'text', autoComplete: row.autoComplete };
}
