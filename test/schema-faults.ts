type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with a value by a JSON Schema, in sentences that start with a path. Throws at a keyword that it does not know. */
export function schemaFaults(schema: unknown, value: unknown, path = '$'): string[] {
  if (!isObject(schema)) throw new Error(`${path}: not a schema`);
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    const check = checks[keyword];
    if (check === undefined) throw new Error(`${path}: unknown keyword ${keyword}`);
    const found = check(rule, value, path, schema);
    return typeof found === 'boolean' ? (found ? [] : [`${path} breaks ${keyword}`]) : found;
  });
}

type Check = (rule: unknown, value: unknown, path: string, schema: Schema) => boolean | string[];

const none: Check = () => true;

// https://json-schema.org/draft/2020-12/json-schema-validation
const checks: Readonly<Record<string, Check>> = {
  $schema: (rule) => rule === 'https://json-schema.org/draft/2020-12/schema',
  title: none,
  type: (rule, value) =>
    typeOf(value) === rule || (rule === 'number' && typeOf(value) === 'integer'),
  const: (rule, value) => value === rule,
  enum: (rule, value) => listOf(rule).includes(value),
  pattern: (rule, value) => typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
  format: (rule, value) =>
    rule === 'date-time' && (typeof value !== 'string' || !Number.isNaN(Date.parse(value))),
  minLength: (rule, value) => typeof value !== 'string' || value.length >= Number(rule),
  maxLength: (rule, value) => typeof value !== 'string' || value.length <= Number(rule),
  minimum: (rule, value) => typeof value !== 'number' || value >= Number(rule),
  maximum: (rule, value) => typeof value !== 'number' || value <= Number(rule),
  exclusiveMinimum: (rule, value) => typeof value !== 'number' || value > Number(rule),
  maxItems: (rule, value) => !Array.isArray(value) || value.length <= Number(rule),
  required: (rule, value) =>
    !isObject(value) || listOf(rule).every((key) => Object.hasOwn(value, String(key))),
  anyOf: (rule, value, path) =>
    listOf(rule).some((option) => schemaFaults(option, value, path).length === 0),
  items: (rule, value, path) =>
    listOf(value).flatMap((item, at) => schemaFaults(rule, item, `${path}[${at}]`)),
  propertyNames: (rule, value, path) =>
    membersOf(value).flatMap(([key]) => schemaFaults(rule, key, `${path}(${key})`)),
  properties: (rule, value, path) =>
    membersOf(value).flatMap(([key, member]) =>
      isObject(rule) && rule[key] !== undefined
        ? schemaFaults(rule[key], member, `${path}.${key}`)
        : [],
    ),
  additionalProperties: (rule, value, path, { properties }) =>
    membersOf(value)
      .filter(([key]) => !(isObject(properties) && Object.hasOwn(properties, key)))
      .flatMap(([key, member]) => schemaFaults(rule, member, `${path}.${key}`)),
};

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const membersOf = (value: unknown): readonly [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
