// Clients that speak Responses, with a model whose upstream speaks chat alone: what they do with all others works with it too.
// Reads {"origin","apiKey","model"}; writes a line of JSON for each: {"client","feature","failed"}, failed being what went wrong,
// or null.
import { createOpenAI } from '@ai-sdk/openai'
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const { origin, apiKey, model } = JSON.parse(readFileSync(0, 'utf8'))
const SAYS = 'Say something. [[sim: tokens=40, reasoning=5]]'
const BREAKS = 'Say something. [[sim: tokens=20, error-after=3]]'
const SCHEMA = {
  type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }
const WEATHER = { type: 'function', name: 'weather', description: 'Tells the weather.', parameters: SCHEMA, strict: true }

const openai = new OpenAI({ baseURL: origin + '/v1', apiKey, maxRetries: 0 })
const request = { model, max_output_tokens: 100 }

const provided = createOpenAI({ baseURL: origin + '/v1', apiKey })(model)
// Without a memory, or it would refer to what the provider keeps.
const asked = { model: provided, maxRetries: 0, maxOutputTokens: 100, providerOptions: { openai: { store: false } } }

const features = {
  openai: {
    async create() {
      const answer = await openai.responses.create({ ...request, input: SAYS })
      assert.equal(answer.status, 'completed')
      assert.ok(answer.output_text.length > 40)
      assert.equal(answer.usage.output_tokens, 45)
      assert.ok(Number(answer.usage.cost_usd) > 0)
    },
    async stream() {
      const stream = openai.responses.stream({ ...request, input: SAYS })
      const types = []
      for await (const event of stream) {
        types.push(event.type)
      }
      const final = await stream.finalResponse()
      assert.equal(types.filter((type) => type === 'response.output_text.delta').length, 40)
      assert.equal(types.at(-1), 'response.completed')
      assert.deepEqual(final.output.map((item) => item.type), ['reasoning', 'message'])
      assert.equal(final.usage.output_tokens, 45)
    },
    async 'tool round trip'() {
      const input = [{ role: 'user', content: 'What is the weather in Rome? [[sim: tool=weather]]' }]
      const first = await openai.responses.create({ ...request, input, tools: [WEATHER] })
      const call = first.output.find((item) => item.type === 'function_call')
      assert.equal(typeof JSON.parse(call.arguments).city, 'string')
      input.push(...first.output, { type: 'function_call_output', call_id: call.call_id, output: 'sunny' })
      const second = await openai.responses.create({ ...request, input, tools: [WEATHER] })
      assert.ok(second.output_text.length > 0)
    },
    async 'structured output'() {
      const answer = await openai.responses.parse({
        ...request, input: 'A city.', text: { format: { type: 'json_schema', name: 'city', schema: SCHEMA, strict: true } } })
      assert.equal(typeof answer.output_parsed.city, 'string')
    },
    async abort() {
      const stream = await openai.responses.create({
        ...request, max_output_tokens: 5_000, input: 'Say much. [[sim: tokens=5000, chunk-delay-ms=10]]', stream: true })
      let seen = 0
      for await (const event of stream) {
        seen += event.type === 'response.output_text.delta' ? 1 : 0
        if (seen === 5) {
          stream.controller.abort()
          break
        }
      }
      assert.equal(seen, 5)
    },
    async errors() {
      const status = (wanted) => (error) => error instanceof OpenAI.APIError && error.status === wanted
      const ask = (more) => openai.responses.create({ ...request, input: 'Hello', ...more })
      await assert.rejects(ask({ top_logprobs: 2 }), status(400))
      await assert.rejects(ask({ input: 'Hello [[sim: fail=400]]' }), status(400))
      await assert.rejects(ask({ input: 'Hello [[sim: fail=503]]' }), status(503))
    },
    async 'error in a stream'() {
      let seen = 0
      await assert.rejects(async () => {
        for await (const event of await openai.responses.create({ ...request, input: BREAKS, stream: true })) {
          seen += event.type === 'response.output_text.delta' ? 1 : 0
        }
      }, OpenAI.APIError)
      assert.equal(seen, 3)
    },
  },
  '@ai-sdk/openai': {
    async create() {
      const answer = await generateText({ ...asked, prompt: SAYS })
      assert.ok(answer.text.length > 40)
      assert.equal(answer.finishReason, 'stop')
      assert.equal(answer.usage.outputTokens, 45)
    },
    async stream() {
      const { fullStream } = streamText({ ...asked, prompt: SAYS, onError() {} })
      let pieces = 0
      let used
      for await (const part of fullStream) {
        assert.notEqual(part.type, 'error', String(part.error))
        pieces += part.type === 'text-delta' ? 1 : 0
        used = part.totalUsage?.outputTokens ?? used
      }
      assert.equal(pieces, 40)
      assert.equal(used, 45)
    },
    async 'tool round trip'() {
      const weather = tool({ description: 'Tells the weather.', inputSchema: jsonSchema(SCHEMA), execute: async () => 'sunny' })
      const prompt = 'What is the weather in Rome? [[sim: tool=weather]]'
      for (const answer of [
        await generateText({ ...asked, prompt, tools: { weather }, stopWhen: stepCountIs(3) }),
        await (async () => {
          const stream = streamText({ ...asked, prompt, tools: { weather }, stopWhen: stepCountIs(3), onError() {} })
          return { steps: await stream.steps, text: await stream.text }
        })(),
      ]) {
        assert.equal(answer.steps.length, 2)
        assert.equal(typeof answer.steps[0].toolCalls[0].input.city, 'string')
        assert.ok(answer.text.length > 0)
      }
    },
    async 'structured output'() {
      const { object } = await generateObject({ ...asked, prompt: 'A city.', schema: jsonSchema(SCHEMA) })
      assert.equal(typeof object.city, 'string')
    },
    async 'error in a stream'() {
      let failed = false
      for await (const part of streamText({ ...asked, prompt: BREAKS, onError() {} }).fullStream) {
        failed ||= part.type === 'error'
      }
      assert.ok(failed)
    },
  },
}

for (const [client, has] of Object.entries(features)) {
  for (const [feature, works] of Object.entries(has)) {
    let failed = null
    try {
      await works()
    } catch (error) {
      failed = String(error?.stack ?? error).slice(0, 1_000)
    }
    console.log(JSON.stringify({ client, feature, failed }))
  }
}
