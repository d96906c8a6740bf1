// OpenAI's and Anthropic's own SDKs, each protocol as their documentation shows it.
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod'
import { ANSWER, QUESTION, TOOL, limitOf, text } from './asked.mjs'

/** Status by status, what both SDKs call it. */
const typesOf = (sdk) => ({
  400: sdk.BadRequestError,
  401: sdk.AuthenticationError,
  402: sdk.APIError,
  403: sdk.PermissionDeniedError,
  404: sdk.NotFoundError,
  422: sdk.UnprocessableEntityError,
  429: sdk.RateLimitError,
  500: sdk.InternalServerError,
})

/** What both SDKs have alike. */
const common = (sdk) => ({
  isError: (error, status) => error instanceof (typesOf(sdk)[Math.min(status, 500)] ?? sdk.APIError) && error.status === status,
  isBroken: (error) => error instanceof sdk.APIError,
  isTimeOut: (error) => error instanceof sdk.APIConnectionTimeoutError,
})

/** Of a stream of an SDK's: its pieces, and what they used. */
async function* pieces(stream, piece, used) {
  let stated
  for await (const event of stream) {
    stated = used(event) ?? stated
    const said = piece(event)
    if (said) {
      yield said
    }
  }
  return stated
}

export default ({ origin, model }) => {
  const openai = (asked) =>
    new OpenAI({ baseURL: `${origin}/v1`, apiKey: asked.key, maxRetries: asked.retries ?? 0, timeout: asked.timeoutMillis })
  const anthropic = (asked) =>
    new Anthropic({ baseURL: origin, apiKey: asked.key, maxRetries: asked.retries ?? 0, timeout: asked.timeoutMillis })
  const settings = (asked) => ({ signal: asked.signal })

  const chat = (asked) => ({
    model: asked.model ?? model, messages: [{ role: 'user', content: asked.prompt }], max_tokens: limitOf(asked) })
  const completion = (asked) => ({ model: asked.model ?? model, prompt: asked.prompt, max_tokens: limitOf(asked) })
  const response = (asked) => ({ model: asked.model ?? model, input: asked.prompt, max_output_tokens: limitOf(asked) })
  const message = (asked) => ({
    model: asked.model ?? model, messages: [{ role: 'user', content: asked.prompt }], max_tokens: limitOf(asked) })

  return {
    'openai (chat)': {
      ...common(OpenAI),
      async whole(asked) {
        const answer = await openai(asked).chat.completions.create(chat(asked), settings(asked))
        return { text: answer.choices[0].message.content, used: answer.usage.completion_tokens }
      },
      async *streamed(asked) {
        const stream = await openai(asked).chat.completions.create(
          { ...chat(asked), stream: true, stream_options: { include_usage: true } }, settings(asked))
        return yield* pieces(stream, (chunk) => chunk.choices[0]?.delta?.content, (chunk) => chunk.usage?.completion_tokens)
      },
      async tools(asked, call) {
        const request = chat(asked)
        request.tools = [{ type: 'function', function: { name: TOOL.name, description: TOOL.description, parameters: TOOL.schema } }]
        const first = await openai(asked).chat.completions.create(request)
        request.messages.push(first.choices[0].message)
        for (const wanted of first.choices[0].message.tool_calls) {
          const content = await call(JSON.parse(wanted.function.arguments))
          request.messages.push({ role: 'tool', tool_call_id: wanted.id, content })
        }
        return (await openai(asked).chat.completions.create(request)).choices[0].message.content
      },
      async structured(asked) {
        const answer = await openai(asked).chat.completions.parse({
          ...chat(asked), response_format: zodResponseFormat(ANSWER, 'answer') })
        return answer.choices[0].message.parsed
      },
    },
    'openai (completions)': {
      ...common(OpenAI),
      async whole(asked) {
        const answer = await openai(asked).completions.create(completion(asked), settings(asked))
        return { text: answer.choices[0].text, used: answer.usage.completion_tokens }
      },
      async *streamed(asked) {
        const stream = await openai(asked).completions.create(
          { ...completion(asked), stream: true, stream_options: { include_usage: true } }, settings(asked))
        return yield* pieces(stream, (chunk) => chunk.choices[0]?.text, (chunk) => chunk.usage?.completion_tokens)
      },
    },
    'openai (responses)': {
      ...common(OpenAI),
      async whole(asked) {
        const answer = await openai(asked).responses.create(response(asked), settings(asked))
        return { text: answer.output_text, used: answer.usage.output_tokens }
      },
      async *streamed(asked) {
        const stream = await openai(asked).responses.create({ ...response(asked), stream: true }, settings(asked))
        return yield* pieces(
          stream,
          (event) => (event.type === 'response.output_text.delta' ? event.delta : ''),
          (event) => (event.type === 'response.completed' ? event.response.usage.output_tokens : undefined))
      },
      async tools(asked, call) {
        const request = {
          ...response(asked),
          input: [{ role: 'user', content: asked.prompt }],
          tools: [{ type: 'function', name: TOOL.name, description: TOOL.description, parameters: TOOL.schema, strict: true }],
        }
        const first = await openai(asked).responses.create(request)
        for (const item of first.output) {
          request.input.push(item)
          if (item.type === 'function_call') {
            const output = await call(JSON.parse(item.arguments))
            request.input.push({ type: 'function_call_output', call_id: item.call_id, output })
          }
        }
        return (await openai(asked).responses.create(request)).output_text
      },
      async structured(asked) {
        const answer = await openai(asked).responses.parse({ ...response(asked), text: { format: zodTextFormat(ANSWER, 'answer') } })
        return answer.output_parsed
      },
    },
    '@anthropic-ai/sdk (messages)': {
      ...common(Anthropic),
      async whole(asked) {
        const answer = await anthropic(asked).messages.create(message(asked), settings(asked))
        return { text: text(answer.content), used: answer.usage.output_tokens }
      },
      async *streamed(asked) {
        const stream = await anthropic(asked).messages.create({ ...message(asked), stream: true }, settings(asked))
        return yield* pieces(
          stream,
          (event) => (event.delta?.type === 'text_delta' ? event.delta.text : ''),
          (event) => (event.type === 'message_delta' ? event.usage.output_tokens : undefined))
      },
      async tools(asked, call) {
        const request = {
          ...message(asked), tools: [{ name: TOOL.name, description: TOOL.description, input_schema: TOOL.schema }] }
        const first = await anthropic(asked).messages.create(request)
        request.messages.push({ role: 'assistant', content: first.content })
        const content = []
        for (const block of first.content.filter((one) => one.type === 'tool_use')) {
          content.push({ type: 'tool_result', tool_use_id: block.id, content: await call(block.input) })
        }
        request.messages.push({ role: 'user', content })
        return text((await anthropic(asked).messages.create(request)).content)
      },
      /** As a call of a tool that has to be called: DeepSeek documents no other way on Messages. */
      async structured(asked) {
        const answer = await anthropic(asked).messages.create({
          ...message(asked),
          tools: [{ name: 'answer', description: QUESTION, input_schema: TOOL.schema }],
          tool_choice: { type: 'tool', name: 'answer' },
        })
        return ANSWER.parse(answer.content.find((block) => block.type === 'tool_use').input)
      },
    },
  }
}
