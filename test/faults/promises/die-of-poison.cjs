// Loaded into a worker before its own code (`node --require`): a content that makes the process die, as a bug in a native
// library does. The ids that kill stand in the file that ANJIE_TEST_POISON names.
const { readFileSync } = require('node:fs');

const parse = JSON.parse;
const poison = parse(readFileSync(process.env.ANJIE_TEST_POISON, 'utf8'));
JSON.parse = (text, reviver) => {
  if (typeof text === 'string' && text.includes('referralId') && poison.some((id) => text.includes(id))) process.kill(process.pid, 'SIGKILL');
  return parse(text, reviver);
};
