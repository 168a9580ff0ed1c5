import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** decimal(12,2) and never a float: a number in the document is refused, so that no cent is lost on the way. */
const DECIMAL = /^(0|[1-9]\d{0,9})(?:\.(\d{1,2}))?$/;

function readDecimal(value: unknown): string {
  const match = typeof value === 'string' ? DECIMAL.exec(value) : null;
  if (!match) throw new GraphQLError('not a valid Decimal ("8000.00")', { extensions: { code: 'BAD_USER_INPUT' } });
  return `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}`;
}

/** An exact amount in yuan, text on the wire. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: readDecimal,
  parseValue: readDecimal,
  parseLiteral: (node) => readDecimal(node.kind === Kind.STRING ? node.value : undefined),
});
