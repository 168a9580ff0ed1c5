import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** decimal(12,2) and never a float: a number in the document is refused, so that no cent is lost on the way. */
const DECIMAL = /^(0|[1-9]\d{0,9})(?:\.(\d{1,2}))?$/;

/** A sum may be longer than one amount. */
const SUM = /^(0|[1-9]\d{0,17})(?:\.(\d{1,2}))?$/;

function readDecimal(value: unknown, form: RegExp = DECIMAL): string {
  const match = typeof value === 'string' ? form.exec(value) : null;
  if (!match) throw new GraphQLError('not a valid Decimal ("8000.00")', { extensions: { code: 'BAD_USER_INPUT' } });
  return `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}`;
}

/** An exact amount in yuan, text on the wire. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: (value) => readDecimal(value, SUM),
  parseValue: (value) => readDecimal(value),
  parseLiteral: (node) => readDecimal(node.kind === Kind.STRING ? node.value : undefined),
});
