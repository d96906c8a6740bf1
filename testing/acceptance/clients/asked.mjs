// What every client is asked, whatever its own words are.
import { z } from 'zod'

export const ANSWER = z.object({ city: z.string() })
export const QUESTION = 'Name a city.'
export const TOOL = {
  name: 'weather',
  description: 'Tells the weather of a city.',
  zod: ANSWER,
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
}

/** Tokens that an answer may have at most. */
export const limitOf = (asked) => asked.limit ?? 100

/** All of the text in blocks that have one. */
export const text = (blocks) => blocks.map((block) => block.text ?? '').join('')
