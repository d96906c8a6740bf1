// Every client does what its own documentation shows, with nothing changed but base URL and key, and says how it went.
// Reads {"origin","apiKey","poorKey","model"}; writes a line of JSON for each: {"client","feature","failed"}, failed being what
// went wrong, or null.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { APICallError, generateObject, generateText, jsonSchema, streamText, tool } from 'ai'
import OpenAI from 'openai'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const { origin, apiKey, poorKey, model } = JSON.parse(readFileSync(0, 'utf8'))
const WORDS = 40
const SAYS = `Say something. [[sim: tokens=${WORDS}]]`
const SAYS_MUCH = 'Say much. [[sim: tokens=5000, chunk-delay-ms=10]]'
const BREAKS = 'Say something. [[sim: tokens=20, error-after=3]]'
const ASKS_FOR_A_TOOL = 'What is the weather in Rome?'
const SCHEMA = {
  type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }
const MUCH = 10_000

const openai = (key) => new OpenAI({ baseURL: origin + '/v1', apiKey: key, maxRetries: 0 })
const anthropic = (key) => new Anthropic({ baseURL: origin, apiKey: key, maxRetries: 0 })

/** What one protocol of an SDK does; each takes what is asked, and more fields of a request. */
const clients = {
  'openai (chat)': {
    sdk: OpenAI,
    create: (key, prompt, more) =>
      openai(key).chat.completions.create({
        model, messages: [{ role: 'user', content: prompt }], max_tokens: more.limit ?? 100, ...more.fields }),
    text: (answer) => answer.choices[0].message.content,
    used: (answer) => answer.usage.completion_tokens,
    streamed: { stream_options: { include_usage: true } },
    piece: (event) => event.choices[0]?.delta?.content ?? '',
    usedAtLast: (events) => events.at(-1).usage.completion_tokens,
    tools: { tools: [{ type: 'function', function: { name: 'weather', parameters: SCHEMA } }], tool_choice: 'required' },
    called: (answer) => JSON.parse(answer.choices[0].message.tool_calls[0].function.arguments),
  },
  'openai (completions)': {
    sdk: OpenAI,
    create: (key, prompt, more) =>
      openai(key).completions.create({ model, prompt, max_tokens: more.limit ?? 100, ...more.fields }),
    text: (answer) => answer.choices[0].text,
    used: (answer) => answer.usage.completion_tokens,
    streamed: { stream_options: { include_usage: true } },
    piece: (event) => event.choices[0]?.text ?? '',
    usedAtLast: (events) => events.at(-1).usage.completion_tokens,
  },
  'openai (responses)': {
    sdk: OpenAI,
    create: (key, prompt, more) =>
      openai(key).responses.create({ model, input: prompt, max_output_tokens: more.limit ?? 100, ...more.fields }),
    text: (answer) => answer.output_text,
    used: (answer) => answer.usage.output_tokens,
    streamed: {},
    piece: (event) => (event.type === 'response.output_text.delta' ? event.delta : ''),
    usedAtLast: (events) => events.at(-1).response.usage.output_tokens,
    tools: { tools: [{ type: 'function', name: 'weather', parameters: SCHEMA, strict: true }], tool_choice: 'required' },
    called: (answer) => JSON.parse(answer.output.find((item) => item.type === 'function_call').arguments),
  },
  '@anthropic-ai/sdk': {
    sdk: Anthropic,
    create: (key, prompt, more) =>
      anthropic(key).messages.create({
        model, messages: [{ role: 'user', content: prompt }], max_tokens: more.limit ?? 100, ...more.fields }),
    text: (answer) => answer.content[0].text,
    used: (answer) => answer.usage.output_tokens,
    streamed: {},
    piece: (event) => (event.delta?.type === 'text_delta' ? event.delta.text : ''),
    usedAtLast: (events) => events.find((event) => event.type === 'message_delta').usage.output_tokens,
    tools: { tools: [{ name: 'weather', input_schema: SCHEMA }], tool_choice: { type: 'any' } },
    called: (answer) => answer.content.find((block) => block.type === 'tool_use').input,
  },
}

/** The AI SDK over a provider, whose requests look alike whatever its protocol is. */
const aiSdk = (provider) => ({
  error: APICallError,
  create: (key, prompt, { limit, fields }) =>
    generateText({ model: provider(key)(fields?.model ?? model), prompt, maxRetries: 0, maxOutputTokens: limit ?? 100, ...fields?.more }),
  text: (answer) => answer.text,
  used: (answer) => answer.usage.outputTokens,
  stream: async (key, prompt, limit) => {
    const leaving = new AbortController()
    const { fullStream } = streamText({
      model: provider(key)(model), prompt, maxRetries: 0, maxOutputTokens: limit ?? 100, abortSignal: leaving.signal, onError() {} })
    return Object.assign(parts(fullStream), { controller: leaving })
  },
  piece: (part) => (part.type === 'text-delta' ? part.text : ''),
  usedAtLast: (events) => events.at(-1).totalUsage.outputTokens,
  tools: {
    more: {
      toolChoice: 'required', tools: { weather: tool({ inputSchema: jsonSchema(SCHEMA) }) } } },
  called: (answer) => answer.toolCalls[0].input,
})

/** An error in a stream is told there where the AI SDK tells all errors of streams. */
async function* parts(fullStream) {
  for await (const part of fullStream) {
    if (part.type === 'error') {
      throw part.error
    }
    yield part
  }
}

clients['@ai-sdk/openai (responses)'] = {
  ...aiSdk((key) => createOpenAI({ baseURL: origin + '/v1', apiKey: key })),
  object: (key, schema) => generateObject({
    model: createOpenAI({ baseURL: origin + '/v1', apiKey: key })(model), prompt: 'A city.', schema, maxRetries: 0 }),
}
clients['@ai-sdk/anthropic (messages)'] = aiSdk((key) => createAnthropic({ baseURL: origin + '/v1', apiKey: key }))

const stream = (client, key, prompt, limit) =>
  client.stream
    ? client.stream(key, prompt, limit)
    : client.create(key, prompt, { limit, fields: { stream: true, ...client.streamed } })

async function all(events) {
  const got = []
  for await (const event of events) {
    got.push(event)
  }
  return got
}

const raises = (doing, type, status) =>
  assert.rejects(doing, (error) => {
    // Of the AI SDK there can be several, each with a class of its own.
    assert.ok(type.isInstance ? type.isInstance(error) : error instanceof type, `${error?.constructor?.name} is raised: ${error}`)
    assert.equal(error.status ?? error.statusCode, status)
    return true
  })

const features = {
  async create(client) {
    const answer = await client.create(apiKey, SAYS, {})
    assert.ok(client.text(answer).length > WORDS)
    assert.equal(client.used(answer), WORDS)
  },
  async stream(client) {
    const events = await all(await stream(client, apiKey, SAYS))
    assert.equal(events.map(client.piece).filter((piece) => piece !== '').length, WORDS)
    assert.equal(client.usedAtLast(events), WORDS)
  },
  async 'structured output'(client) {
    const { object } = await client.object(apiKey, jsonSchema(SCHEMA))
    assert.equal(typeof object.city, 'string')
  },
  async tools(client) {
    const answer = await client.create(apiKey, ASKS_FOR_A_TOOL, { fields: client.tools })
    assert.equal(typeof client.called(answer).city, 'string')
  },
  async abort(client) {
    const events = await stream(client, apiKey, SAYS_MUCH, 5_000)
    let seen = 0
    for await (const event of events) {
      seen += client.piece(event) === '' ? 0 : 1
      if (seen === 5) {
        events.controller.abort()
        break
      }
    }
    assert.equal(seen, 5)
  },
  async errors(client) {
    const type = (name) => client.error ?? client.sdk[name]
    await raises(() => client.create('sk-gogogo-nobody', SAYS, {}), type('AuthenticationError'), 401)
    await raises(() => client.create(poorKey, SAYS, { limit: MUCH }), type('APIError'), 402)
    await raises(() => client.create(apiKey, SAYS, { fields: { model: 'no-such-model' } }), type('NotFoundError'), 404)
    await raises(() => client.create(apiKey, 'Hello [[sim: fail=400]]', {}), type('BadRequestError'), 400)
    await raises(() => client.create(apiKey, 'Hello [[sim: fail=503]]', {}), type('InternalServerError'), 503)
  },
  async 'error in a stream'(client) {
    let seen = 0
    const reading = async () => {
      for await (const event of await stream(client, apiKey, BREAKS)) {
        seen += client.piece(event) === '' ? 0 : 1
      }
    }
    await assert.rejects(reading, client.sdk?.APIError)
    assert.equal(seen, 3)
  },
}

for (const [name, client] of Object.entries(clients)) {
  for (const [feature, works] of Object.entries(features)) {
    if (feature === 'tools' && !client.tools || feature === 'structured output' && !client.object) {
      continue
    }
    let failed = null
    try {
      await works(client)
    } catch (error) {
      failed = String(error?.message ?? error)
    }
    console.log(JSON.stringify({ client: name, feature, failed }))
  }
}
