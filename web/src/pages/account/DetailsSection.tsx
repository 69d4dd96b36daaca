import { updateUserAttributes, type FetchUserAttributesOutput } from 'aws-amplify/auth';
import { attributeField } from '../../auth/attributes';
import { FieldFrame, inputProps, TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import type { Form } from '../../forms/useForm';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useNotices } from '../../ui/Notices';
import { Section } from './Section';
import { useAccountForm } from './useAccountForm';

const texts = ['name', 'given_name', 'family_name', 'preferred_username'] as const;
const editable = [...texts, 'locale'] as const;
type Editable = (typeof editable)[number];

interface DetailsSectionProps {
  readonly attributes: FetchUserAttributesOutput;
  readonly onSaved: () => Promise<void>;
}

export function DetailsSection({ attributes, onSaved }: DetailsSectionProps) {
  const { refresh } = useSession();
  const { say } = useNotices();

  const form = useAccountForm<Editable>({
    id: 'details',
    task: 'attributes',
    initial: Object.fromEntries(editable.map((name) => [name, attributes[name] ?? ''])) as Record<Editable, string>,
    validate: () => ({}),
    async submit(values) {
      // Only what changed: a pool may forbid writing the rest. An empty value deletes the attribute.
      const userAttributes = Object.fromEntries(
        editable.map((name) => [name, values[name].trim()]).filter(([name, value]) => value !== (attributes[name as Editable] ?? '')));
      if (Object.keys(userAttributes).length === 0) {
        say(t('account.detailsSame'));
        return;
      }
      await updateUserAttributes({ userAttributes });
      await onSaved();
      // The name in the header is from the ID token: get one that has it.
      await refresh({ force: true });
      say(t('account.detailsSaved'));
    },
  });

  return (
    <Section title={t('account.details')} help={t('account.detailsHelp')}>
      <FormShell form={form} label={t('account.details')} submit={t('account.detailsSave')} working={t('account.saving')} secondary>
        {texts.map((name) => {
          const { label, help, autoComplete } = attributeField(name);
          return <TextField key={name} form={form} name={name} label={label} help={help} autoComplete={autoComplete} required={false} />;
        })}
        <LocaleField form={form} />
      </FormShell>
    </Section>
  );
}

const locales = ['ar', 'cs', 'da', 'de', 'en', 'es', 'fi', 'fr', 'he', 'hi', 'it', 'ja', 'ko', 'nb', 'nl', 'pl', 'pt', 'sv', 'tr', 'uk', 'zh'];

/** Each language in its own words: whoever looks for it can read it. */
function LocaleField({ form }: { form: Form<Editable> }) {
  const { label, help, autoComplete } = attributeField('locale');
  const value = form.values.locale;
  const all = value === '' || locales.includes(value) ? locales : [value, ...locales];
  const props = { form, name: 'locale', label, help, required: false } as const;
  return (
    <FieldFrame {...props}>
      <select {...inputProps(props)} className="input" autoComplete={autoComplete} onChange={(event) => form.set('locale', event.target.value)}>
        <option value="">{t('form.notSet')}</option>
        {all.map((tag) => <option key={tag} value={tag} lang={tag}>{languageName(tag)}</option>)}
      </select>
    </FieldFrame>
  );
}

function languageName(tag: string): string {
  try {
    const own = tag.replaceAll('_', '-');
    return new Intl.DisplayNames([own], { type: 'language' }).of(own) ?? tag;
  } catch {
    return tag;
  }
}
