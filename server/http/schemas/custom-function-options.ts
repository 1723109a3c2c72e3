/** What a custom function says while it works, what it takes from its answer, and what of it is never stored. */
import { z } from '@hono/zod-openapi';
import { maxKeys } from './common.js';

/** A member or a place in a list, any number of times; `$.` at the beginning may be left out. */
const JSON_PATH = /^(?:\$\.?)?(?:[\w-]+|\[\d{1,4}\])?(?:\.[\w-]+|\[\d{1,4}\])*$/;

const variableName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,63}$/, 'must be the name of a variable: letters, digits and _');

/** Fields of `CustomFunction.config` beside the request itself. */
export const customFunctionOptions = {
  query_params: z
    .record(z.string().min(1).max(200), z.string().max(2_000))
    .check(maxKeys(50))
    .optional()
    .describe(
      'Parameters that are added to the query: at most 50 names of 200 characters, values of at most 2,000, which may hold `{{variables}}`.',
    ),
  holding_message: z
    .string()
    .max(500)
    .optional()
    .describe(
      'What the agent says while the function works. May hold `{{variables}}`. At most 500 characters.',
    ),
  speak_during_execution: z
    .boolean()
    .optional()
    .describe(
      'Whether the agent says `holding_message`, which then is needed. Default: true where there is one.',
    ),
  speak_after_execution: z
    .boolean()
    .optional()
    .describe(
      'Whether the language model answers the caller as soon as the function has answered. Default true; false leaves the answer for the next turn.',
    ),
  response_variables: z
    .record(
      variableName,
      z.string().max(200).regex(JSON_PATH, 'must be a path such as `order.items[0].id`'),
    )
    .check(maxKeys(50))
    .optional()
    .describe(
      "Variables that are taken from the answer's JSON: each name, and the path of its value, e.g. `order.items[0].id`; the empty path is the whole answer. From then on `{{name}}` has that value in the prompt, in messages, and in functions, also of an agent that the call is transferred to. At most 50; values are cut after 2,000 characters.",
    ),
  sensitive_fields: z
    .array(z.string().min(1).max(100))
    .max(50)
    .optional()
    .describe(
      'Names of fields whose values are left out of the record, however deep they lie in the arguments or the answer: at most 50, compared without case and punctuation. Passwords and tokens always are.',
    ),
};
