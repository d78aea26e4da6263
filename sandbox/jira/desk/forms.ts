import { customFieldsOf, customSchemaOf, optionsOf } from '../custom-fields.ts';
import type { Settings } from '../fields.ts';
import type { CustomField, requestTypes } from '../model.ts';

export type RequestType = (typeof requestTypes)[number];

/** A field of a request type's form: one of the two that every form has, or one of the project's. */
export interface FormField {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly custom: CustomField | null;
}

/** Summary, description, what the project demands of such issues, and what this form has beside it. */
export function formOf({ id, issuetype }: RequestType, settings: Readonly<Settings>): FormField[] {
  const demanded = customFieldsOf(settings, issuetype).filter(({ required }) => required);
  const own = settings.requestTypeFields[id] ?? [];
  const custom = [...demanded.filter((field) => !own.some((one) => one.id === field.id)), ...own];
  return [
    { id: 'summary', name: 'Summary', required: true, custom: null },
    { id: 'description', name: 'Description', required: false, custom: null },
    ...custom.map((field) => ({ id: field.id, name: field.name, required: field.required, custom: field })),
  ];
}

/** Schema RequestTypeFieldDTO. */
export function formFieldBean({ id, name, required, custom }: FormField) {
  const options = custom === null ? [] : optionsOf(custom);
  return {
    fieldId: id,
    name,
    description: '',
    required,
    defaultValues: [],
    validValues: options.map((option) => ({ value: option.id, label: option.value, children: [] })),
    presetValues: [],
    jiraSchema: custom === null ? { type: 'string', system: id } : customSchemaOf(custom),
    visible: true,
  };
}
